//! Cron expressions, as the client and the loopback server read them: alike, though neither has code of the other.

use http::Method;
use qstash_dev_server::QStash;

const WHOLE: [&str; 24] = [
    "@daily",
    "@Daily",
    "@midnight",
    "@reboot",
    "@every 1h",
    "@every 1h30m",
    "@every  5m",
    "@every 1.5h",
    "@every .5h",
    "@every 500ms",
    "@every 1h 30m",
    "@every 0s",
    "@every -1h",
    "@every 1",
    "@every 1d",
    "@every 1.2.3s",
    "@every",
    "",
    "0 0 * *",
    "* * * * * *",
    "0  0 * * *",
    "0\t0 * * *",
    "0 0 29 2 *",
    "0 0 * * 1-",
];

const FIELDS: [&str; 38] = [
    "*", "?", "0", "5", "59", "60", "7", "6", "L", "W", "5L", "1W", "2#1", "1-5", "5-1", "*/15",
    "*/0", "*/", "1/2", "1-9/3", "5/100", "sun", "SAT", "mon-fri", "sat-sun", "jan", "JAN-mar",
    "1,2", "1,,2", ",1", "01", "-1", "1-", "*-5", "1-2-3", "24", "32", "13",
];

fn expressions() -> Vec<String> {
    let prefixes = [
        "",
        "CRON_TZ=Europe/Berlin ",
        "TZ=UTC ",
        "TZ= ",
        "CRON_TZ=UTC",
        "cron_tz=UTC ",
    ];
    let whole = WHOLE
        .iter()
        .flat_map(|whole| prefixes.map(|prefix| format!("{prefix}{whole}")));
    let fields = FIELDS.iter().flat_map(|field| {
        (0..5).map(move |at| {
            let mut fields = ["1"; 5];
            fields[at] = field;
            fields.join(" ")
        })
    });
    whole
        .chain(fields)
        .map(|text| text.trim_end().to_owned())
        .collect()
}

#[tokio::test]
async fn the_client_and_the_loopback_server_read_cron_alike() {
    let server = QStash::start().await.unwrap();
    let client = server.client().unwrap();
    let (mut taken, mut refused) = (0, 0);
    for cron in expressions() {
        let ours = client
            .create_schedule()
            .destination("https://example.com")
            .cron(&cron);
        let ours = ours.send().await.map(drop);
        let theirs = client.request(Method::POST, "/v2/schedules/https://example.com");
        let theirs = theirs.header("Upstash-Cron", &cron).send().await.map(drop);
        assert_eq!(
            ours.is_ok(),
            theirs.is_ok(),
            "{cron:?}: {ours:?}, {theirs:?}"
        );
        if ours.is_ok() {
            taken += 1;
        } else {
            refused += 1;
        }
    }
    assert!(taken > 80 && refused > 100, "{taken} {refused}");
}
