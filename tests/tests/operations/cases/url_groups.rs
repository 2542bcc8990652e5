//! URL Groups.

use std::collections::BTreeMap;

use qstash_api::types::{self, Endpoint, NewEndpoint};

use super::{Form, Row, case};
use crate::operations::world::Subject;

pub(super) fn all() -> Vec<Box<dyn Row>> {
    vec![
        Box::new(ListUrlGroups),
        Box::new(GetUrlGroup),
        Box::new(DeleteUrlGroup),
        Box::new(UpdateUrlGroup),
        Box::new(AddUrlGroupEndpoints),
        Box::new(RemoveUrlGroupEndpoints),
    ]
}

fn check(group: &types::UrlGroup) {
    assert_eq!(group.name.as_deref(), Some("my-group"));
    let endpoints = group.endpoints.iter();
    let endpoints = endpoints.map(|endpoint| (endpoint.name.as_deref(), endpoint.url.as_deref()));
    let endpoints: Vec<_> = endpoints.collect();
    assert_eq!(
        endpoints,
        [
            (Some("one"), Some("https://example.com/1")),
            (None, Some("https://example.com/2")),
        ]
    );
}

fn new_endpoint(url: &str, name: &str) -> NewEndpoint {
    NewEndpoint::builder().url(url).name(name).build().unwrap()
}

fn endpoint(url: &str, name: &str) -> Endpoint {
    Endpoint::builder().url(url).name(name).build().unwrap()
}

case! {
    ListUrlGroups -> Vec<types::UrlGroup>,
    arrange |world| world.url_group().await,
    minimal |client, _subject| client.list_url_groups(),
    check |seen| {
        assert_eq!(seen.answer.len(), 1);
        check(&seen.answer[0]);
    },
}

case! {
    GetUrlGroup -> types::UrlGroup,
    arrange |world| world.url_group().await,
    minimal |client, subject| client.get_url_group().url_group_name(&subject.id),
    check |seen| check(&seen.answer),
}

case! {
    DeleteUrlGroup -> (),
    arrange |world| world.url_group().await,
    minimal |client, subject| client.delete_url_group().url_group_name(&subject.id),
    check |seen| {
        assert_eq!(seen.before.url_groups.len(), 1);
        assert!(seen.after.url_groups.is_empty());
        assert_eq!(seen.effects, ["my-group"]);
    },
}

case! {
    UpdateUrlGroup -> (),
    arrange |world| world.url_group().await,
    minimal |client, subject| client
        .update_url_group()
        .url_group_name(&subject.id)
        .body(types::UpdateUrlGroupBody::builder().headers(BTreeMap::from([(
            "Upstash-Retries".to_owned(),
            vec!["5".to_owned()],
        )]))),
    check |seen| {
        let [group] = &seen.after.url_groups[..] else {
            panic!("{:?}", seen.after.url_groups);
        };
        assert_eq!(group["headers"]["Upstash-Retries"][0], "5");
        assert_eq!(seen.effects, ["my-group"]);
    },
}

case! {
    AddUrlGroupEndpoints -> (),
    arrange |_world| Subject::named("my group"),
    minimal |client, subject| client
        .add_url_group_endpoints()
        .url_group_name(&subject.id)
        .endpoints(["https://example.com/1"]),
    full |client, subject| client
        .add_url_group_endpoints()
        .url_group_name(&subject.id)
        .endpoints([new_endpoint("https://example.com/1", "one"), "https://example.com/2".into()]),
    check |seen| {
        let [group] = &seen.after.url_groups[..] else {
            panic!("{:?}", seen.after.url_groups);
        };
        assert_eq!(group["name"], "my group");
        let endpoints = group["endpoints"].as_array().unwrap();
        let is_full = seen.form == Form::Full;
        assert_eq!(endpoints.len(), if is_full { 2 } else { 1 });
        assert_eq!(endpoints[0]["url"], "https://example.com/1");
        assert_eq!(endpoints[0]["name"].as_str(), is_full.then_some("one"));
        assert_eq!(seen.effects, ["my group"]);
    },
}

case! {
    RemoveUrlGroupEndpoints -> (),
    arrange |world| world.url_group().await,
    minimal |client, subject| client
        .remove_url_group_endpoints()
        .url_group_name(&subject.id)
        .endpoints(["https://example.com/2"]),
    full |client, subject| client
        .remove_url_group_endpoints()
        .url_group_name(&subject.id)
        .endpoints([endpoint("https://example.com/1", "one"), "https://example.com/2".into()]),
    check |seen| {
        assert_eq!(seen.effects, ["my-group"]);
        if seen.form == Form::Full {
            // A group goes with its last endpoint.
            assert!(seen.after.url_groups.is_empty());
            return;
        }
        let endpoints = seen.after.url_groups[0]["endpoints"].as_array().unwrap();
        assert_eq!(endpoints.len(), 1);
        assert_eq!(endpoints[0]["name"], "one");
    },
}
