//! The environment that leads a client and a receiver to a server.

use std::fmt;

use crate::server::QStash;

/// The variables that lead clients and receivers to a server: its URL, its token and its signing keys.
///
/// [`QStash::environment`] returns it. It can be given to `std::process::Command::envs`; as text it is what a shell
/// evaluates. `Debug` shows the names alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Environment([(&'static str, String); 4]);

impl Environment {
    /// Returns the value of a variable.
    ///
    /// A client that reads no environment of the process gets it with
    /// `Client::builder().env_from_lookup(|name| environment.get(name).map(Into::into))`.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Returns the variables with their values.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(name, value)| (*name, value.as_str()))
    }
}

impl IntoIterator for Environment {
    type Item = (&'static str, String);
    type IntoIter = std::array::IntoIter<Self::Item, 4>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Display for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, value) in self.iter() {
            writeln!(f, "export {name}='{}'", value.replace('\'', r"'\''"))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.iter().map(|(name, _)| name);
        f.debug_list().entries(names).finish()
    }
}

impl QStash {
    /// Returns the variables that lead a client and a receiver to this server, with the signing keys of this moment.
    pub fn environment(&self) -> Environment {
        let keys = self.signing_keys();
        Environment([
            ("QSTASH_URL", self.url()),
            ("QSTASH_TOKEN", self.token().to_owned()),
            ("QSTASH_CURRENT_SIGNING_KEY", keys.current),
            ("QSTASH_NEXT_SIGNING_KEY", keys.next),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_reads_what_is_written() {
        let environment = Environment([
            ("QSTASH_URL", "http://127.0.0.1:1".to_owned()),
            ("QSTASH_TOKEN", "it's".to_owned()),
            ("QSTASH_CURRENT_SIGNING_KEY", "a".to_owned()),
            ("QSTASH_NEXT_SIGNING_KEY", "b".to_owned()),
        ]);
        let text = environment.to_string();
        assert!(text.contains("export QSTASH_TOKEN='it'\\''s'\n"), "{text}");
        assert_eq!(text.lines().count(), 4);
        assert_eq!(environment.get("QSTASH_NEXT_SIGNING_KEY"), Some("b"));
        assert_eq!(environment.get("PATH"), None);
        assert!(!format!("{environment:?}").contains("it's"));
    }
}
