//! Expands invocations of the crate's own `macro_rules!`, so that what they define is listed too.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::discouraged::Speculative;
use syn::parse::{ParseStream, Parser};

/// The rules of one macro: patterns with their templates.
#[derive(Clone, Default)]
pub(crate) struct Rules(Vec<(Vec<Node>, Vec<Node>)>);

/// A part of a pattern or of a template.
#[derive(Clone)]
enum Node {
    Token(TokenTree),
    Group(Delimiter, Vec<Node>),
    /// `$name:fragment`; in a template, without the fragment.
    Variable(String, String),
    /// `$(…)` with its separator.
    Repeat(Vec<Node>, Option<TokenTree>, char),
}

/// What a variable stands for.
#[derive(Clone)]
enum Binding {
    One(TokenStream),
    Many(Vec<Binding>),
}

type Bindings = BTreeMap<String, Binding>;

impl Rules {
    /// Reads the body of a `macro_rules!`.
    pub(crate) fn parse(body: &TokenStream) -> Self {
        let mut rules = Vec::new();
        let mut pattern = None;
        for token in body.clone() {
            let TokenTree::Group(group) = token else {
                continue;
            };
            match pattern.take() {
                None => pattern = Some(nodes(group.stream(), true)),
                Some(pattern) => rules.push((pattern, nodes(group.stream(), false))),
            }
        }
        Self(rules)
    }

    /// What the macro makes of these tokens; `None` if no rule fits.
    pub(crate) fn expand(&self, tokens: &TokenStream) -> Option<TokenStream> {
        self.0.iter().find_map(|(pattern, template)| {
            let whole = |input: ParseStream<'_>| {
                let mut bindings = Bindings::new();
                matches(pattern, input, &mut bindings)?;
                Ok(bindings)
            };
            let bindings = whole.parse2(tokens.clone()).ok()?;
            Some(transcribe(template, &bindings))
        })
    }
}

fn nodes(tokens: TokenStream, is_pattern: bool) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let node = match &token {
            TokenTree::Punct(sign) if sign.as_char() == '$' => match tokens.next() {
                Some(TokenTree::Group(group)) => {
                    let inner = self::nodes(group.stream(), is_pattern);
                    let mut next = || tokens.next().map(|token| (operator(&token), token));
                    match next() {
                        Some((Some(operator), _)) => Node::Repeat(inner, None, operator),
                        Some((None, separator)) => {
                            let operator = next().and_then(|(operator, _)| operator);
                            Node::Repeat(inner, Some(separator), operator.unwrap_or('*'))
                        }
                        None => Node::Repeat(inner, None, '*'),
                    }
                }
                Some(TokenTree::Ident(name)) if name != "crate" => {
                    let fragment = is_pattern.then(|| (tokens.next(), tokens.next()).1);
                    let fragment = fragment.flatten().map(|token| token.to_string());
                    Node::Variable(name.to_string(), fragment.unwrap_or_default())
                }
                other => Node::Token(other.unwrap_or(token)),
            },
            TokenTree::Group(group) => {
                Node::Group(group.delimiter(), self::nodes(group.stream(), is_pattern))
            }
            _ => Node::Token(token),
        };
        nodes.push(node);
    }
    nodes
}

fn operator(token: &TokenTree) -> Option<char> {
    match token {
        TokenTree::Punct(sign) if "*+?".contains(sign.as_char()) => Some(sign.as_char()),
        _ => None,
    }
}

fn matches(nodes: &[Node], input: ParseStream<'_>, found: &mut Bindings) -> syn::Result<()> {
    for node in nodes {
        match node {
            Node::Token(token) => same(token, input)?,
            Node::Group(delimiter, inner) => {
                let group: Group = input.parse()?;
                if group.delimiter() != *delimiter {
                    return Err(input.error("another delimiter"));
                }
                let whole = |input: ParseStream<'_>| matches(inner, input, found);
                whole.parse2(group.stream())?;
            }
            Node::Variable(name, fragment) => {
                found.insert(name.clone(), Binding::One(parse(fragment, input)?));
            }
            Node::Repeat(inner, separator, operator) => {
                let rounds = repeated(inner, separator.as_ref(), *operator, input);
                for name in names(inner) {
                    let values = rounds.iter().filter_map(|round| round.get(&name).cloned());
                    let values = Binding::Many(values.collect());
                    found.insert(name, values);
                }
            }
        }
    }
    Ok(())
}

fn same(token: &TokenTree, input: ParseStream<'_>) -> syn::Result<()> {
    let here: TokenTree = input.parse()?;
    if here.to_string() == token.to_string() {
        Ok(())
    } else {
        Err(input.error("another token"))
    }
}

fn repeated(
    inner: &[Node],
    separator: Option<&TokenTree>,
    operator: char,
    input: ParseStream<'_>,
) -> Vec<Bindings> {
    let mut rounds = Vec::new();
    let is_full = |count: usize| operator == '?' && count == 1;
    while !input.is_empty() && !is_full(rounds.len()) {
        let ahead = input.fork();
        let mut round = Bindings::new();
        let separated = match separator {
            Some(separator) if !rounds.is_empty() => same(separator, &ahead),
            _ => Ok(()),
        };
        if separated
            .and_then(|()| matches(inner, &ahead, &mut round))
            .is_err()
        {
            break;
        }
        input.advance_to(&ahead);
        rounds.push(round);
    }
    rounds
}

fn parse(fragment: &str, input: ParseStream<'_>) -> syn::Result<TokenStream> {
    Ok(match fragment {
        "block" => input.parse::<syn::Block>()?.into_token_stream(),
        "expr" => input.parse::<syn::Expr>()?.into_token_stream(),
        "ident" => syn::Ident::parse_any(input)?.into_token_stream(),
        "item" => input.parse::<syn::Item>()?.into_token_stream(),
        "lifetime" => input.parse::<syn::Lifetime>()?.into_token_stream(),
        "literal" => input.parse::<syn::Lit>()?.into_token_stream(),
        "meta" => input.parse::<syn::Meta>()?.into_token_stream(),
        "path" => input.parse::<syn::Path>()?.into_token_stream(),
        "tt" => input.parse::<TokenTree>()?.into_token_stream(),
        "ty" => input.parse::<syn::Type>()?.into_token_stream(),
        "vis" => input.parse::<syn::Visibility>()?.into_token_stream(),
        _ => return Err(input.error("a fragment that is not known")),
    })
}

fn names(nodes: &[Node]) -> Vec<String> {
    let names = nodes.iter().flat_map(|node| match node {
        Node::Token(_) => Vec::new(),
        Node::Variable(name, _) => vec![name.clone()],
        Node::Group(_, inner) | Node::Repeat(inner, ..) => names(inner),
    });
    names.collect()
}

fn transcribe(nodes: &[Node], bindings: &Bindings) -> TokenStream {
    let mut tokens = TokenStream::new();
    for node in nodes {
        match node {
            Node::Token(token) => token.to_tokens(&mut tokens),
            Node::Group(delimiter, inner) => {
                Group::new(*delimiter, transcribe(inner, bindings)).to_tokens(&mut tokens);
            }
            Node::Variable(name, _) => {
                if let Some(Binding::One(value)) = bindings.get(name) {
                    value.to_tokens(&mut tokens);
                }
            }
            Node::Repeat(inner, separator, _) => {
                for (at, round) in rounds(inner, bindings).iter().enumerate() {
                    if at > 0 {
                        separator.to_tokens(&mut tokens);
                    }
                    transcribe(inner, round).to_tokens(&mut tokens);
                }
            }
        }
    }
    tokens
}

/// The bindings for each round of a repetition.
fn rounds(inner: &[Node], bindings: &Bindings) -> Vec<Bindings> {
    let many: Vec<(String, &Vec<Binding>)> = names(inner)
        .into_iter()
        .filter_map(|name| match bindings.get(&name) {
            Some(Binding::Many(values)) => Some((name, values)),
            _ => None,
        })
        .collect();
    let count = many
        .iter()
        .map(|(_, values)| values.len())
        .min()
        .unwrap_or(0);
    let round = |at: usize| {
        let mut round = bindings.clone();
        for (name, values) in &many {
            round.insert(name.clone(), values[at].clone());
        }
        round
    };
    (0..count).map(round).collect()
}
