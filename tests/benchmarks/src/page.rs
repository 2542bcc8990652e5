//! The page: sections between marks, each with its tables.

use std::error::Error;
use std::fmt::Write as _;
use std::io::ErrorKind;
use std::path::Path;
use std::{fs, io};

use clap::ValueEnum;

use crate::Section;
use crate::figure::{Figure, Wanted};

/// The content of a section.
pub(crate) enum Block {
    /// Figures, with what they have in common before them.
    Figures(&'static str, Vec<Figure>),
    Text(String),
}

/// The sections as they are written, in their order.
pub(crate) struct Page(Vec<(Section, Option<String>)>);

const HEAD: &str = "\
# Benchmarks

Written by `cargo run -p qstash-benchmarks`; CONTRIBUTING says more. Edits are lost.

Each figure is a ratio of two measurements that took turns: of this workspace, and of what it is compared with. It is
the median over the pairs. Times are better below 1, throughput above.
";

impl Page {
    /// The page as it is, or an empty one where there is none.
    pub(crate) fn read(path: &Path) -> Result<Self, Box<dyn Error>> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) => return Err(format!("{} cannot be read: {error}", path.display()).into()),
        };
        Ok(Self::parse(&text))
    }

    fn parse(text: &str) -> Self {
        let section = |section: &Section| {
            let (begin, end) = marks(*section);
            let (_, rest) = text.split_once(&begin)?;
            Some(rest.split_once(&end)?.0.to_owned())
        };
        let variants = Section::value_variants().iter();
        Self(
            variants
                .map(|variant| (*variant, section(variant)))
                .collect(),
        )
    }

    pub(crate) fn replace(&mut self, section: Section, taken: &str, blocks: &[Block]) {
        let mut text = format!("\nTaken on {taken}.\n");
        for block in blocks {
            match block {
                Block::Figures(about, rows) => {
                    let _ = write!(text, "\n{about}\n\n{}", table(rows));
                }
                Block::Text(paragraph) => {
                    let _ = write!(text, "\n{paragraph}\n");
                }
            }
        }
        for (at, old) in &mut self.0 {
            if *at == section {
                *old = Some(text.clone());
            }
        }
    }

    /// Writes the page beside the old one, and then in its place.
    pub(crate) fn write(&self, path: &Path) -> io::Result<()> {
        let directory = path
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty());
        let mut file = tempfile::NamedTempFile::new_in(directory.unwrap_or(Path::new(".")))?;
        io::Write::write_all(&mut file, self.text().as_bytes())?;
        file.persist(path)?;
        Ok(())
    }

    fn text(&self) -> String {
        let mut text = HEAD.to_owned();
        for (section, old) in &self.0 {
            let (begin, end) = marks(*section);
            let old = old.as_deref().unwrap_or("\nNot taken yet.\n");
            let _ = write!(text, "\n## {section:?}\n\n{begin}{old}{end}\n");
        }
        text
    }
}

fn marks(section: Section) -> (String, String) {
    (
        format!("<!-- begin {section:?} -->"),
        format!("\n<!-- end {section:?} -->"),
    )
}

fn table(figures: &[Figure]) -> String {
    let mut text =
        "| | ratio | half of the pairs | all pairs | wanted | |\n|---|---|---|---|---|---|\n"
            .to_owned();
    for figure in figures {
        let number = number_format(figure.median);
        let both = |(low, high): (f64, f64)| format!("{} to {}", number(low), number(high));
        let (wanted, met) = match figure.wanted {
            Wanted::Nothing => (String::new(), ""),
            wanted if wanted.is_met(figure.median) => (wanted.to_string(), "met"),
            wanted => (wanted.to_string(), "**missed**"),
        };
        let _ = writeln!(
            text,
            "| {} | **{}** | {} | {}, {} pairs | {wanted} | {met} |",
            figure.name,
            number(figure.median),
            both(figure.half),
            both(figure.range),
            figure.pairs,
        );
    }
    text
}

/// Three digits behind the point, or as many as a small ratio needs.
fn number_format(ratio: f64) -> impl Fn(f64) -> String {
    let digits = if ratio < 0.05 { 5 } else { 3 };
    move |number| format!("{number:.digits$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_that_is_taken_anew_leaves_the_others_as_they_were() {
        let figure = |median| {
            let figure = Figure::of("a / b, time", vec![median; 3], Wanted::AtMost(1.05));
            vec![Block::Figures("Together.", vec![figure.unwrap()])]
        };
        let mut page = Page::parse("");
        page.replace(Section::Requests, "one day", &figure(1.01));
        page.replace(Section::Codegen, "one day", &figure(1.5));
        let before = page.text();
        assert!(before.contains("| a / b, time | **1.010** |"), "{before}");
        assert!(before.contains("| **missed** |"), "{before}");

        let mut page = Page::parse(&before);
        assert_eq!(page.text(), before);
        page.replace(Section::Codegen, "one day", &figure(1.02));
        let after = page.text();
        assert_eq!(
            after,
            before
                .replace("1.500", "1.020")
                .replace("**missed**", "met")
        );
    }
}
