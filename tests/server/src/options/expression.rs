//! The arithmetic of `Upstash-Retry-Delay`: milliseconds as a function of `retried`.

use std::fmt;

/// No expression needs more nesting than this.
const DEPTH_LIMIT: usize = 32;

/// No expression needs to be longer than this.
const LENGTH_LIMIT: usize = 1000;

/// A retry delay, parsed.
#[derive(Clone)]
pub(crate) struct Expression {
    text: String,
    root: Node,
}

#[derive(Clone, Debug)]
enum Node {
    Number(f64),
    Retried,
    Negative(Box<Node>),
    Binary(char, Box<Node>, Box<Node>),
    Call(Function, Vec<Node>),
}

#[derive(Clone, Copy, Debug)]
enum Function {
    Pow,
    Exp,
    Sqrt,
    Abs,
    Floor,
    Ceil,
    Round,
    Min,
    Max,
}

impl Function {
    fn named(name: &str) -> Option<(Self, usize)> {
        Some(match name {
            "pow" => (Self::Pow, 2),
            "exp" => (Self::Exp, 1),
            "sqrt" => (Self::Sqrt, 1),
            "abs" => (Self::Abs, 1),
            "floor" => (Self::Floor, 1),
            "ceil" => (Self::Ceil, 1),
            "round" => (Self::Round, 1),
            "min" => (Self::Min, 2),
            "max" => (Self::Max, 2),
            _ => return None,
        })
    }
}

impl Expression {
    /// Parses an expression; the error says what is wrong with it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        if text.len() > LENGTH_LIMIT {
            return Err(format!("longer than {LENGTH_LIMIT} bytes"));
        }
        let mut parser = Parser {
            rest: text.trim(),
            depth: 0,
        };
        let root = parser.sum()?;
        if !parser.rest.is_empty() {
            return Err(format!("`{}` is not expected", parser.rest));
        }
        Ok(Self {
            text: text.to_owned(),
            root,
        })
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the delay in milliseconds after so many retries; what makes no sense counts as none.
    pub(crate) fn milliseconds(&self, retried: u32) -> u64 {
        let value = self.root.value(f64::from(retried));
        // A cast from floating point saturates, and takes NaN for 0.
        value.max(0.0) as u64
    }
}

impl fmt::Debug for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Node {
    fn value(&self, retried: f64) -> f64 {
        match self {
            Node::Number(number) => *number,
            Node::Retried => retried,
            Node::Negative(node) => -node.value(retried),
            Node::Binary(operator, left, right) => {
                let (left, right) = (left.value(retried), right.value(retried));
                match operator {
                    '+' => left + right,
                    '-' => left - right,
                    '*' => left * right,
                    '/' => left / right,
                    _ => left % right,
                }
            }
            Node::Call(function, arguments) => {
                let mut values = arguments.iter().map(|node| node.value(retried));
                let first = values.next().unwrap_or(f64::NAN);
                let second = values.next().unwrap_or(f64::NAN);
                match function {
                    Function::Pow => first.powf(second),
                    Function::Exp => first.exp(),
                    Function::Sqrt => first.sqrt(),
                    Function::Abs => first.abs(),
                    Function::Floor => first.floor(),
                    Function::Ceil => first.ceil(),
                    Function::Round => first.round(),
                    Function::Min => first.min(second),
                    Function::Max => first.max(second),
                }
            }
        }
    }
}

struct Parser<'a> {
    rest: &'a str,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn sum(&mut self) -> Result<Node, String> {
        self.depth += 1;
        if self.depth > DEPTH_LIMIT {
            return Err("nested too deeply".to_owned());
        }
        let mut node = self.product()?;
        while let Some(operator) = self.one_of("+-") {
            node = Node::Binary(operator, Box::new(node), Box::new(self.product()?));
        }
        self.depth -= 1;
        Ok(node)
    }

    fn product(&mut self) -> Result<Node, String> {
        let mut node = self.factor()?;
        while let Some(operator) = self.one_of("*/%") {
            node = Node::Binary(operator, Box::new(node), Box::new(self.factor()?));
        }
        Ok(node)
    }

    fn factor(&mut self) -> Result<Node, String> {
        if self.one_of("-").is_some() {
            return Ok(Node::Negative(Box::new(self.atom()?)));
        }
        self.atom()
    }

    fn atom(&mut self) -> Result<Node, String> {
        if self.one_of("(").is_some() {
            let node = self.sum()?;
            self.expect(')')?;
            return Ok(node);
        }
        let number = self.take_while(|c| c.is_ascii_digit() || c == '.');
        if !number.is_empty() {
            let number = number
                .parse()
                .map_err(|_| format!("`{number}` is not a number"))?;
            return Ok(Node::Number(number));
        }
        let name = self.take_while(|c| c.is_ascii_alphabetic());
        if name == "retried" {
            return Ok(Node::Retried);
        }
        let (function, arity) = Function::named(name).ok_or_else(|| {
            format!(
                "a number, `retried` or a function is expected at `{name}{}`",
                self.rest
            )
        })?;
        self.call(function, arity)
    }

    fn call(&mut self, function: Function, arity: usize) -> Result<Node, String> {
        self.expect('(')?;
        let mut arguments = vec![self.sum()?];
        while arguments.len() < arity {
            self.expect(',')?;
            arguments.push(self.sum()?);
        }
        self.expect(')')?;
        Ok(Node::Call(function, arguments))
    }

    fn expect(&mut self, wanted: char) -> Result<(), String> {
        match self.one_of(wanted.encode_utf8(&mut [0; 4])) {
            Some(_) => Ok(()),
            None => Err(format!("`{wanted}` is expected at `{}`", self.rest)),
        }
    }

    fn one_of(&mut self, wanted: &str) -> Option<char> {
        self.rest = self.rest.trim_start();
        let mut letters = self.rest.chars();
        let letter = letters.next().filter(|letter| wanted.contains(*letter))?;
        self.rest = letters.as_str();
        Some(letter)
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'a str {
        self.rest = self.rest.trim_start();
        let end = self
            .rest
            .find(|letter| !wanted(letter))
            .unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::Expression;

    #[test]
    fn expressions_give_milliseconds() {
        for (text, retried, expected) in [
            ("1000", 0, 1000),
            ("1000 * (1 + retried)", 2, 3000),
            ("pow(2, retried) * 1000", 3, 8000),
            ("max(1000, pow(10, retried))", 1, 1000),
            ("min(5000, exp(2.5 * retried))", 9, 5000),
            ("floor(sqrt(10)) + ceil(0.1) + round(2.5) + abs(-4)", 0, 11),
            ("7 % 4 - -1", 0, 4),
            ("-5", 0, 0),
            ("1 / 0", 0, u64::MAX),
            ("0 / 0", 0, 0),
        ] {
            let expression = Expression::parse(text).expect(text);
            assert_eq!(expression.milliseconds(retried), expected, "{text}");
        }
        let nested = "(".repeat(500);
        for text in [
            "",
            "1 +",
            "retries",
            "pow(2)",
            "min(1,2,3)",
            "1 2",
            "(1",
            "1.2.3",
            "system(1)",
            &nested,
        ] {
            assert!(Expression::parse(text).is_err(), "{text}");
        }
    }
}
