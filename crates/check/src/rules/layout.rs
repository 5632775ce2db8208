//! The softphone layout: all that is wrong with it at once, since an admin who mends it goes there once.

use hookswitch_core::settings::PopWhen;
use hookswitch_opencti::{Layout, PopRule, Section};

use super::{Case, unanswered};
use crate::{Answer, Finding, finding::About};

/// The softphone layout.
pub(super) fn layout(case: &Case<'_>) -> Finding {
    let about = About("layout", "Softphone layout");
    let layout = match &case.facts.layout {
        Answer::Said(layout) if *layout == Layout::default() => {
            return about.fail("There is no softphone layout for the agent's profile: callers are not found.", FIX);
        }
        Answer::Said(layout) => layout,
        Answer::Refused(code) => {
            return about.fail(format!("Salesforce gave no softphone layout ({code}): callers are not found."), FIX);
        }
        answer => return unanswered(about, case.facts, answer),
    };
    let problems =
        [callers(about, &layout.inbound), without_fields(about, layout), new_window(about, layout), in_the_way(about, case, layout)];
    let problems: Vec<Finding> = problems.into_iter().flatten().collect();
    if problems.is_empty() {
        let names: Vec<&str> = layout.inbound.objects.iter().map(|(object, _)| object.as_str()).collect();
        return about.pass(format!("Inbound calls are searched for in {}.", names.join(", ")));
    }
    about.together(problems)
}

/// Nobody who calls is found.
fn callers(about: About, inbound: &Section) -> Option<Finding> {
    if inbound.objects.is_empty() {
        return Some(about.fail("The softphone layout names no objects for inbound calls: callers are not found.", FIX));
    }
    let nothing = "The softphone layout names objects for inbound calls, but no field of theirs: Salesforce then finds nothing.";
    all_bare(inbound).then(|| about.fail(nothing, FIX))
}

/// Some are not found, of those there are records of.
fn without_fields(about: About, layout: &Layout) -> Option<Finding> {
    // Said already where it is all of them.
    let inbound = bare(&layout.inbound).filter(|_| !all_bare(&layout.inbound));
    let mut names: Vec<&str> = inbound.chain(bare(&layout.outbound)).chain(bare(&layout.internal)).collect();
    names.sort_unstable();
    names.dedup();
    let words = format!("The softphone layout names objects without a field, which finds none of them: {}.", names.join(", "));
    (!names.is_empty()).then(|| about.warn(words, FIX))
}

fn new_window(about: About, layout: &Layout) -> Option<Finding> {
    (layout.inbound.pops.open_within.as_deref() == Some("NewWindow")).then(|| {
        about.warn(
            "The softphone layout asks for pops in a new window. Lightning has none: records open where the agent is.",
            "Choose the existing window in Setup > Softphone Layouts, so that nobody waits for the other.",
        )
    })
}

/// A window over the phone that rings.
fn in_the_way(about: About, case: &Case<'_>, layout: &Layout) -> Option<Finding> {
    let rings = case.settings.is_some_and(|settings| settings.pop.when.inbound == PopWhen::Ringing);
    let Some(PopRule::Entity(object)) = layout.inbound.pops.no_match.as_ref().filter(|_| rings) else { return None };
    Some(about.warn(
        format!(
            "While an unknown caller rings, Salesforce opens the window for a new {object} over the page, and so over the phone: nobody can \
             answer there before closing it."
        ),
        "An admin sets \"Open the record on inbound calls\" to answered in Setup > Call Centers > Edit, or chooses another action for No matching \
         records in Setup > Softphone Layouts.",
    ))
}

fn all_bare(section: &Section) -> bool {
    bare(section).count() == section.objects.len()
}

fn bare(section: &Section) -> impl Iterator<Item = &str> {
    section.objects.iter().filter(|(_, fields)| fields.is_empty()).map(|(object, _)| object.as_str())
}

const FIX: &str = "An admin sets objects with their fields in Setup > Softphone Layouts, and assigns the layout to the agent's profile under \
    Softphone Layout Assignment.";
