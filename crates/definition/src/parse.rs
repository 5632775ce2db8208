//! Reading the import format.

use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
};

use crate::{Definition, Finding, Item, Rule, Section};

/// A file as read: the definition, and what struck while reading.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Document {
    /// The definition.
    pub definition: Definition,
    /// What the definition itself can no longer tell: elements left out, numbers that are none.
    pub findings: Vec<Finding>,
    /// Line of the outermost element, from 1.
    pub line: u32,
}

/// The file is no definition.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("line {line}: {fault}")]
pub struct ParseError {
    /// The rule broken: XML, or the outermost element.
    pub rule: Rule,
    /// The line, from 1.
    pub line: u32,
    /// What is wrong.
    pub fault: String,
}

impl From<ParseError> for Finding {
    fn from(error: ParseError) -> Self {
        Self { rule: error.rule, section: None, item: None, line: error.line, message: error.fault }
    }
}

/// Read an import file.
///
/// Whatever can be read is read: a wrong name or number is a finding of [`crate::check`], not an error here.
///
/// # Errors
///
/// When the text is not well-formed XML, or not a call center definition at all.
pub fn parse(text: &str) -> Result<Document, ParseError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(at) = text.find(|char: char| char < ' ' && !matches!(char, '\t' | '\n' | '\r')) {
        return Err(malformed(line_at(text, at), "a control character is not allowed in XML"));
    }
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_comments = true;
    let mut parser = Parser { text, document: Document::default(), open: Vec::new(), seen_root: false, line: 1, counted: 0 };
    loop {
        let start = position(reader.buffer_position());
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => return Err(malformed(line_at(text, position(reader.error_position())), error)),
        };
        parser.line += newlines(&text[parser.counted..start]);
        parser.counted = start;
        if matches!(event, Event::Eof) {
            return parser.finish();
        }
        parser.event(event)?;
    }
}

/// Where an open element stands.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Place {
    Root,
    Section,
    Item,
    /// Not known: left out, with all that is in it.
    Unknown,
}

struct Parser<'a> {
    text: &'a str,
    document: Document,
    open: Vec<Place>,
    seen_root: bool,
    line: u32,
    counted: usize,
}

impl Parser<'_> {
    fn event(&mut self, event: Event<'_>) -> Result<(), ParseError> {
        match event {
            Event::Start(start) => self.open(&start),
            Event::Empty(start) => {
                self.open(&start)?;
                self.open.pop();
                Ok(())
            }
            // The reader has compared the names.
            Event::End(_) => {
                self.open.pop();
                Ok(())
            }
            Event::Text(text) if text.contains("]]>") => Err(malformed(self.line, "]]> must not stand in text")),
            Event::Text(text) => self.text(&text.xml10_content()),
            Event::CData(text) if self.open.is_empty() => Err(malformed(self.line, format!("text outside callCenter: {:?}", &*text))),
            Event::CData(text) => self.text(&text.xml10_content()),
            Event::GeneralRef(name) => {
                let resolved = match name.resolve_char_ref().map_err(|error| malformed(self.line, error))? {
                    Some(char) if char < ' ' && !matches!(char, '\t' | '\n' | '\r') => None,
                    Some(char) => Some(char.to_string()),
                    None => resolve_predefined_entity(&name).map(String::from),
                };
                let Some(resolved) = resolved else { return Err(malformed(self.line, format!("&{}; stands for nothing", &*name))) };
                self.text(&resolved)
            }
            Event::Decl(_) if self.counted > 0 => Err(malformed(self.line, "the XML declaration must be the very first thing in the file")),
            Event::Comment(_) | Event::Decl(_) | Event::DocType(_) | Event::Eof | Event::PI(_) => Ok(()),
        }
    }

    fn open(&mut self, start: &BytesStart<'_>) -> Result<(), ParseError> {
        let local = start.local_name();
        let name = local.into_inner();
        let attributes = self.attributes(start)?;
        let place = match (self.open.last(), name) {
            (None, _) if self.seen_root => return Err(malformed(self.line, format!("a second outermost element, {name}"))),
            (None, "callCenter") => {
                self.seen_root = true;
                self.document.line = self.line;
                self.unknown_attributes(&attributes, &[]);
                Place::Root
            }
            (None, _) => {
                let fault = format!("the outermost element is {name}, not callCenter");
                return Err(ParseError { rule: Rule::XmlRoot, line: self.line, fault });
            }
            (Some(Place::Root), "section") => {
                let (name, label, sort_order) = self.head(attributes, None);
                self.document.definition.sections.push(Section { name, label, sort_order, items: Vec::new(), line: self.line });
                Place::Section
            }
            (Some(Place::Section), "item") => {
                let section = self.document.definition.sections.last().map(|section| section.name.clone());
                let (name, label, sort_order) = self.head(attributes, section);
                let item = Item { name, label, sort_order, value: String::new(), line: self.line };
                if let Some(section) = self.document.definition.sections.last_mut() {
                    section.items.push(item);
                }
                Place::Item
            }
            (Some(Place::Unknown), _) => Place::Unknown,
            (Some(Place::Root | Place::Section | Place::Item), _) => {
                let (section, item) = self.place();
                self.note(Rule::UnknownElement, section, item, format!("the element {name} is not known here"));
                Place::Unknown
            }
        };
        self.open.push(place);
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), ParseError> {
        let blank = text.trim_matches([' ', '\t', '\r', '\n']).is_empty();
        match self.open.last() {
            None if blank => {}
            None => return Err(malformed(self.line, format!("text outside callCenter: {:?}", text.trim()))),
            Some(Place::Item) => {
                let item = self.document.definition.sections.last_mut().and_then(|section| section.items.last_mut());
                if let Some(item) = item {
                    item.value.push_str(text);
                }
            }
            Some(Place::Root | Place::Section) if !blank => {
                // The text begins right after the tag before it, which may be lines away from its first word.
                let blanks = newlines(&text[..text.len() - text.trim_start().len()]);
                let message = format!("{:?} stands outside the items", text.trim());
                let line = self.line + blanks;
                let (section, item) = self.place();
                self.document.findings.push(Finding { rule: Rule::StrayText, section, item, line, message });
            }
            Some(Place::Root | Place::Section | Place::Unknown) => {}
        }
        Ok(())
    }

    /// All attributes with their values; none may be malformed, known or not.
    fn attributes(&self, start: &BytesStart<'_>) -> Result<Vec<(String, String)>, ParseError> {
        let mut list = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| malformed(self.line, error))?;
            if attribute.value.contains('<') {
                return Err(malformed(self.line, "< must be written as &lt; in an attribute"));
            }
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| malformed(self.line, error))?;
            list.push((attribute.key.into_inner().to_owned(), value.into_owned()));
        }
        Ok(list)
    }

    /// Name, label and order of a section, or of an item in a section.
    fn head(&mut self, attributes: Vec<(String, String)>, section: Option<String>) -> (String, Option<String>, Option<u32>) {
        self.unknown_attributes(&attributes, &["label", "name", "sortOrder"]);
        let (mut name, mut label, mut order) = (None, None, None);
        for (key, value) in attributes {
            match key.as_str() {
                "label" => label = Some(value),
                "name" => name = Some(value),
                "sortOrder" => order = Some(value),
                _ => {}
            }
        }
        let name = name.unwrap_or_default();
        let sort_order = order.as_deref().and_then(|order| order.trim().parse().ok());
        if let (Some(order), None) = (order, sort_order) {
            let (section, item) = if section.is_some() { (section, Some(name.clone())) } else { (Some(name.clone()), None) };
            self.note(Rule::SortNotNumber, section, item, format!("sortOrder is {order:?}"));
        }
        (name, label, sort_order)
    }

    fn unknown_attributes(&mut self, attributes: &[(String, String)], known: &[&str]) {
        for (key, _) in attributes {
            let xml = key == "xmlns" || key.starts_with("xmlns:") || key.starts_with("xml:") || key.starts_with("xsi:");
            if !xml && !known.contains(&key.as_str()) {
                let (section, item) = self.place();
                self.note(Rule::UnknownAttribute, section, item, format!("the attribute {key} is not known here"));
            }
        }
    }

    /// Names of the open section and item.
    fn place(&self) -> (Option<String>, Option<String>) {
        let section = self.document.definition.sections.last().filter(|_| self.open.contains(&Place::Section));
        let item = section.and_then(|section| section.items.last()).filter(|_| self.open.contains(&Place::Item));
        (section.map(|section| section.name.clone()), item.map(|item| item.name.clone()))
    }

    fn note(&mut self, rule: Rule, section: Option<String>, item: Option<String>, message: String) {
        self.document.findings.push(Finding { rule, section, item, line: self.line, message });
    }

    fn finish(self) -> Result<Document, ParseError> {
        let last = line_at(self.text, self.text.len());
        if !self.open.is_empty() {
            return Err(malformed(last, "the file ends inside an element; something is not closed"));
        }
        if !self.seen_root {
            return Err(ParseError { rule: Rule::XmlRoot, line: last, fault: "there is no callCenter element".into() });
        }
        Ok(self.document)
    }
}

fn malformed(line: u32, fault: impl std::fmt::Display) -> ParseError {
    ParseError { rule: Rule::XmlMalformed, line, fault: fault.to_string() }
}

fn position(at: u64) -> usize {
    // A position in a text that is in memory.
    usize::try_from(at).unwrap_or(usize::MAX)
}

fn line_at(text: &str, at: usize) -> u32 {
    newlines(&text.as_bytes()[..at.min(text.len())]) + 1
}

fn newlines(text: impl AsRef<[u8]>) -> u32 {
    u32::try_from(text.as_ref().iter().filter(|byte| **byte == b'\n').count()).unwrap_or(u32::MAX)
}
