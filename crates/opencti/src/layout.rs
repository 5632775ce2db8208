//! The softphone layout an admin drew: what is searched, what is shown, when to pop.

use crate::{Fields, Plain};

/// The answer of `getSoftphoneLayout`: a section per call type.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Layout {
    /// For calls between colleagues.
    pub internal: Section,
    /// For calls that come in.
    pub inbound: Section,
    /// For calls that go out.
    pub outbound: Section,
}

impl Layout {
    /// The layout as it travels.
    #[must_use]
    pub fn to_plain(&self) -> Plain {
        Fields::new()
            .with("Internal", self.internal.to_plain())
            .with("Inbound", self.inbound.to_plain())
            .with("Outbound", self.outbound.to_plain())
            .into()
    }

    /// Reads a layout; a section that is missing is empty.
    #[must_use]
    pub fn from_plain(layout: &Plain) -> Self {
        let section = |name| layout.record().and_then(|fields| fields.record(name)).map(Section::from_fields).unwrap_or_default();
        Self { internal: section("Internal"), inbound: section("Inbound"), outbound: section("Outbound") }
    }
}

/// The layout for one call type.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Section {
    /// Which facts of the call are shown.
    pub call_related: Vec<CallField>,
    /// The objects that are searched, by API name, with the fields that come back; an object without fields finds nothing.
    pub objects: Vec<(String, Vec<LayoutField>)>,
    /// When to pop, and what.
    pub pops: PopSettings,
}

impl Section {
    fn to_plain(&self) -> Plain {
        let objects: Fields = self
            .objects
            .iter()
            .map(|(object, fields)| (object.clone(), Plain::List(fields.iter().map(LayoutField::to_plain).collect())))
            .collect();
        Fields::new()
            .with("callRelatedFields", self.call_related.iter().map(|field| field.as_str().into()).collect::<Vec<Plain>>())
            .with("objects", objects)
            .with("screenPopSettings", self.pops.to_plain())
            .into()
    }

    fn from_fields(section: &Fields) -> Self {
        let texts = section.get("callRelatedFields").and_then(Plain::list).unwrap_or_default();
        let objects = section.record("objects").into_iter().flat_map(Fields::iter).map(|(object, fields)| {
            let fields = fields.list().unwrap_or_default().iter().filter_map(LayoutField::from_plain).collect();
            (object.to_owned(), fields)
        });
        Self {
            call_related: texts.iter().filter_map(Plain::text).filter_map(CallField::named).collect(),
            objects: objects.collect(),
            pops: section.record("screenPopSettings").map(PopSettings::from_fields).unwrap_or_default(),
        }
    }
}

/// A fact of the call that the layout can show.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum CallField {
    /// The caller's number.
    Ani,
    /// The number that was dialled.
    Dnis,
    /// The part of the call centre that took the call.
    Segment,
    /// The queue the call waited in.
    Queue,
}

impl CallField {
    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ani => "ANI",
            Self::Dnis => "DNIS",
            Self::Segment => "SEGMENT",
            Self::Queue => "QUEUE",
        }
    }

    fn named(name: &str) -> Option<Self> {
        [Self::Ani, Self::Dnis, Self::Segment, Self::Queue].into_iter().find(|field| field.as_str() == name)
    }
}

/// A field of an object in the layout.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct LayoutField {
    /// The label for the agent.
    pub display_name: String,
    /// The API name, the key in a search result.
    pub api_name: String,
}

impl LayoutField {
    /// A field by its label and API name.
    #[must_use]
    pub fn new(display_name: &str, api_name: &str) -> Self {
        Self { display_name: display_name.into(), api_name: api_name.into() }
    }

    fn to_plain(&self) -> Plain {
        Fields::new().with("displayName", self.display_name.as_str()).with("apiName", self.api_name.as_str()).into()
    }

    fn from_plain(field: &Plain) -> Option<Self> {
        let fields = field.record()?;
        let api_name = fields.owned("apiName")?;
        let display_name = fields.owned("displayName").unwrap_or_else(|| api_name.clone());
        Some(Self { display_name, api_name })
    }
}

/// When to pop, and what; only inbound sections carry rules.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct PopSettings {
    /// `ExistingWindow` or `NewWindow`; Lightning ignores the second.
    pub open_within: Option<String>,
    /// What to do when nothing matches.
    pub no_match: Option<PopRule>,
    /// What to do when one record matches.
    pub single_match: Option<PopRule>,
    /// What to do when several records match.
    pub multiple_matches: Option<PopRule>,
}

impl PopSettings {
    /// Whether pages should open in a window of their own, which only Classic can: Lightning always shows them where the agent is.
    #[must_use]
    pub fn wants_new_window(&self) -> bool {
        self.open_within.as_deref().is_some_and(|within| within != "ExistingWindow")
    }

    fn to_plain(&self) -> Plain {
        let rule = |rule: &Option<PopRule>| rule.as_ref().map(PopRule::to_plain);
        Fields::new()
            .with_some("screenPopsOpenWithin", self.open_within.as_deref())
            .with_some("NoMatch", rule(&self.no_match))
            .with_some("SingleMatch", rule(&self.single_match))
            .with_some("MultipleMatches", rule(&self.multiple_matches))
            .into()
    }

    fn from_fields(settings: &Fields) -> Self {
        let rule = |name| settings.record(name).and_then(PopRule::from_fields);
        Self {
            open_within: settings.owned("screenPopsOpenWithin"),
            no_match: rule("NoMatch"),
            single_match: rule("SingleMatch"),
            multiple_matches: rule("MultipleMatches"),
        }
    }
}

/// What a match pops.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum PopRule {
    /// A new record of this object.
    Entity(String),
    /// This flow.
    Flow(String),
    /// The search page.
    Search,
    /// This Visualforce page.
    Visualforce(String),
    /// A rule whose name no guide gives, such as "do not pop": its type and data as they came.
    Other(String, Option<String>),
}

impl PopRule {
    /// Its type and its data, as they travel.
    #[must_use]
    pub fn words(&self) -> (&str, Option<&str>) {
        let (kind, data) = match self {
            Self::Entity(object) => ("PopToEntity", Some(object)),
            Self::Flow(flow) => ("PopToFlow", Some(flow)),
            Self::Search => ("PopToSearch", None),
            Self::Visualforce(page) => ("PopToVisualforce", Some(page)),
            Self::Other(kind, data) => (kind.as_str(), data.as_ref()),
        };
        (kind, data.map(String::as_str))
    }

    fn to_plain(&self) -> Plain {
        let (kind, data) = self.words();
        Fields::new().with("screenPopType", kind).with_some("screenPopData", data).into()
    }

    fn from_fields(rule: &Fields) -> Option<Self> {
        let kind = rule.text("screenPopType")?;
        let data = rule.owned("screenPopData");
        Some(match (kind, data) {
            ("PopToEntity", Some(object)) => Self::Entity(object),
            ("PopToFlow", Some(flow)) => Self::Flow(flow),
            ("PopToSearch", None) => Self::Search,
            ("PopToVisualforce", Some(page)) => Self::Visualforce(page),
            (kind, data) => Self::Other(kind.into(), data),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_no_guide_names_is_kept_as_it_came() {
        let rule = Fields::new().with("screenPopType", "DoNotPop");
        assert_eq!(PopRule::from_fields(&rule), Some(PopRule::Other("DoNotPop".into(), None)));
    }

    #[test]
    fn a_window_of_its_own_is_recognised() {
        let within = |word: &str| PopSettings { open_within: Some(word.into()), ..PopSettings::default() };
        let wants = [within("NewWindow"), within("ExistingWindow"), PopSettings::default()].map(|pops| pops.wants_new_window());
        assert_eq!(wants, [true, false, false]);
    }

    #[test]
    fn an_answer_that_is_no_layout_reads_as_an_empty_one() {
        assert_eq!(Layout::from_plain(&Plain::Null), Layout::default());
    }
}
