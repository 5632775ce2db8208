//! The shell's status as plain data.

use hookswitch_shell::{LayoutField, LayoutStatus, NoSettings, PopRule, Section, SettingsSource, SignIn, Stage, Status};
use serde::Serialize;

/// [`Status`] as JavaScript sees it; `types/status.d.ts` describes it.
///
/// What the settings say about colours and views is left out: an embedder has views of its own.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StatusView<'a> {
    stage: &'static str,
    frame_refusal: Option<Words<'a>>,
    settings: &'static str,
    settings_missing: Option<&'static str>,
    settings_age_ms: Option<u64>,
    setting_problems: Vec<Problem<'a>>,
    sign_in: &'static str,
    sound_blocked: bool,
    restarted: bool,
    crm_problem: Option<Words<'a>>,
    apex_problem: Option<Words<'a>>,
    set_aside: bool,
    support_contact: &'a str,
    layout: LayoutView<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LayoutView<'a> {
    asking: bool,
    failure: Option<&'static str>,
    received: Option<u64>,
    sections: Option<Sections<'a>>,
}

#[derive(Serialize)]
struct Sections<'a> {
    inbound: SectionView<'a>,
    internal: SectionView<'a>,
    outbound: SectionView<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SectionView<'a> {
    call_fields: Vec<&'static str>,
    objects: Vec<ObjectView<'a>>,
    new_window: bool,
    no_match: Option<RuleView<'a>>,
    single_match: Option<RuleView<'a>>,
    multiple_matches: Option<RuleView<'a>>,
}

#[derive(Serialize)]
struct ObjectView<'a> {
    object: &'a str,
    fields: Vec<FieldView<'a>>,
}

#[derive(Serialize)]
struct FieldView<'a> {
    name: &'a str,
    label: &'a str,
}

#[derive(Serialize)]
struct RuleView<'a> {
    pops: &'a str,
    what: Option<&'a str>,
}

#[derive(Serialize)]
struct Words<'a> {
    code: &'static str,
    words: &'a str,
    remedy: &'a str,
}

#[derive(Serialize)]
struct Problem<'a> {
    item: &'a str,
    words: &'a str,
}

impl<'a> StatusView<'a> {
    pub(crate) fn new(status: &'a Status) -> Self {
        Self {
            stage: stage(&status.stage),
            frame_refusal: match &status.stage {
                Stage::FrameRefused { code, words } => Some(Words { code, words, remedy: "" }),
                _ => None,
            },
            settings: source(&status.settings),
            settings_missing: match &status.settings {
                SettingsSource::None(why) => Some(missing(*why)),
                _ => None,
            },
            settings_age_ms: match status.settings {
                SettingsSource::Stored { age_ms } => Some(age_ms),
                _ => None,
            },
            setting_problems: status
                .setting_problems
                .iter()
                .map(|problem| Problem { item: &problem.item, words: &problem.words })
                .collect(),
            sign_in: sign_in(status.sign_in),
            sound_blocked: status.sound_blocked,
            restarted: status.restarted,
            crm_problem: status.crm_problem.as_ref().map(|problem| Words {
                code: problem.code,
                words: problem.words,
                remedy: problem.remedy,
            }),
            apex_problem: status.apex_problem.as_ref().map(|problem| Words { code: problem.code, words: &problem.words, remedy: "" }),
            set_aside: status.set_aside,
            support_contact: &status.support_contact,
            layout: layout(&status.layout),
        }
    }
}

fn layout(status: &LayoutStatus) -> LayoutView<'_> {
    let sections = status.layout.as_deref().map(|layout| Sections {
        inbound: section(&layout.inbound),
        internal: section(&layout.internal),
        outbound: section(&layout.outbound),
    });
    LayoutView { asking: status.asking, failure: status.failure, received: sections.is_some().then_some(status.received), sections }
}

fn section(section: &Section) -> SectionView<'_> {
    SectionView {
        call_fields: section.call_related.iter().map(|field| field.as_str()).collect(),
        objects: section.objects.iter().map(|(object, fields)| ObjectView { object, fields: fields.iter().map(field).collect() }).collect(),
        new_window: section.pops.wants_new_window(),
        no_match: rule(&section.pops.no_match),
        single_match: rule(&section.pops.single_match),
        multiple_matches: rule(&section.pops.multiple_matches),
    }
}

fn field(field: &LayoutField) -> FieldView<'_> {
    FieldView { name: &field.api_name, label: &field.display_name }
}

fn rule(rule: &Option<PopRule>) -> Option<RuleView<'_>> {
    rule.as_ref().map(PopRule::words).map(|(pops, what)| RuleView { pops, what })
}

// The shell's enums may grow; it and this module are built together, and a word that is not decided here is not in the types.

fn stage(stage: &Stage) -> &'static str {
    match stage {
        Stage::FrameRefused { .. } => "frameRefused",
        Stage::OtherTab => "otherTab",
        Stage::Running => "running",
        Stage::Starting => "starting",
        Stage::Stopped => "stopped",
        _ => UNKNOWN,
    }
}

fn source(source: &SettingsSource) -> &'static str {
    match source {
        SettingsSource::Embedded => "embedded",
        SettingsSource::Live => "live",
        SettingsSource::None(_) => "none",
        SettingsSource::Stored { .. } => "stored",
        SettingsSource::Waiting => "waiting",
        _ => UNKNOWN,
    }
}

fn missing(why: NoSettings) -> &'static str {
    match why {
        NoSettings::Empty => "empty",
        NoSettings::NoAnswer => "noAnswer",
        NoSettings::NoApi => "noApi",
        _ => UNKNOWN,
    }
}

fn sign_in(sign_in: SignIn) -> &'static str {
    match sign_in {
        SignIn::Done => "done",
        SignIn::NotNeeded => "notNeeded",
        SignIn::Refused => "refused",
        SignIn::Wanted => "wanted",
        _ => UNKNOWN,
    }
}

const UNKNOWN: &str = "unknown";
