//! Just enough XML to look into metadata files.

use quick_xml::{
    Reader,
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
};

/// An element.
#[derive(Clone, Debug, Default)]
pub(crate) struct Node {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) text: String,
    pub(crate) children: Vec<Self>,
}

impl Node {
    /// Reads a text; says what is wrong with one that is not well-formed.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_comments = true;
        let mut open = vec![Self::default()];
        loop {
            match reader.read_event().map_err(|error| format!("at byte {}: {error}", reader.error_position()))? {
                Event::Start(start) => open.push(Self::begin(&start)?),
                Event::Empty(start) => close(&mut open, Some(Self::begin(&start)?))?,
                Event::End(_) => close(&mut open, None)?,
                Event::Text(text) => top(&mut open)?.text.push_str(&text.xml10_content()),
                Event::GeneralRef(name) => {
                    let char = name.resolve_char_ref().map_err(|error| error.to_string())?.map(String::from);
                    let known = char.or_else(|| resolve_predefined_entity(&name).map(String::from));
                    top(&mut open)?.text.push_str(&known.ok_or_else(|| format!("&{}; stands for nothing", &*name))?);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        match <[Self; 1]>::try_from(open) {
            Ok([document]) if document.children.len() == 1 && document.text.trim().is_empty() => {
                document.children.into_iter().next().ok_or_else(|| "empty".into())
            }
            _ => Err("there is not one outermost element, closed at the end".into()),
        }
    }

    fn begin(start: &BytesStart<'_>) -> Result<Self, String> {
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| error.to_string())?;
            attributes.push((attribute.key.into_inner().to_owned(), attribute.value.clone().into_owned()));
        }
        Ok(Self { name: start.name().into_inner().to_owned(), attributes, ..Self::default() })
    }

    /// The first child of this name.
    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text of the first child of this name; empty when there is none.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.child(name).map_or("", |child| child.text.trim())
    }

    /// All children of this name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// Every element of this name, however deep.
    pub(crate) fn deep<'a>(&'a self, name: &str) -> Vec<&'a Self> {
        let below = self.children.iter().flat_map(|child| child.deep(name));
        if self.name == name { std::iter::once(self).chain(below).collect() } else { below.collect() }
    }

    /// Every element of these names, however deep: their texts.
    pub(crate) fn texts<'a>(&'a self, names: &[&str]) -> Vec<&'a str> {
        names.iter().flat_map(|name| self.deep(name)).map(|node| node.text.trim()).collect()
    }
}

fn top(open: &mut [Node]) -> Result<&mut Node, String> {
    open.last_mut().ok_or_else(|| "an element too many is closed".into())
}

fn close(open: &mut Vec<Node>, empty: Option<Node>) -> Result<(), String> {
    let node = match empty {
        Some(node) => node,
        None => open.pop().ok_or("an element too many is closed")?,
    };
    top(open)?.children.push(node);
    Ok(())
}
