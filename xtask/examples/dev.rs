use xtask::*;
fn main() {
    let mut a = std::env::args().skip(1);
    let path = a.next().unwrap();
    let out = std::path::PathBuf::from(a.next().unwrap());
    let text = std::fs::read_to_string(&path).unwrap();
    let source = source::Source::new(path, text.clone());
    let document = source::Document {
        root: serde_json::from_str(&text).unwrap(),
        origins: source::Origins::new(&source),
    };
    let mut f = finding::Findings::new();
    let settings = settings::Settings {
        client_state: None,
        schemars_feature: Some("schemars".into()),
    };
    let table = table::table(&document);
    let g = generate::generate(&document, &settings, &mut f);
    let r = g.and_then(|g| refine::refine(g, &document, &table, &settings, &mut f));
    for x in &f {
        println!(
            "{}: {} {:?}",
            x.code,
            x.message,
            x.location.as_ref().map(|l| l.to_string())
        );
    }
    let _ = std::fs::remove_dir_all(&out);
    for (p, t) in render::render(r.unwrap(), &[&source], &settings) {
        let p = out.join(p);
        std::fs::create_dir_all(p.parent().unwrap()).unwrap();
        std::fs::write(p, t).unwrap();
    }
}
