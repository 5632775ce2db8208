//! Softphone layouts: the list with the profiles, and one layout's editor.

use hookswitch_lightning::{Id, LayoutSection, Pop, SoftphoneLayout};
use leptos::{ev::SubmitEvent, prelude::*};

use super::{attempt, go};
use crate::sim::Sim;

/// Facts of a call that a layout may show.
const FACTS: [&str; 4] = ["ANI", "DNIS", "SEGMENT", "QUEUE"];

/// Visualforce pages that can be named; what they would show, the simulator does not draw.
const PAGES: [&str; 2] = ["CallerPage", "CustomerPortal"];

/// The layouts, and which profile has which.
pub(super) fn layouts(sim: Sim) -> AnyView {
    let rows = Memo::new(move |_| {
        sim.read(|org, _| {
            org.layouts().iter().map(|layout| (layout.id.clone(), layout.name.clone(), layout.is_default)).collect::<Vec<_>>()
        })
    });
    let profiles = Memo::new(move |_| {
        sim.read(|org, _| {
            org.profiles()
                .iter()
                .map(|profile| (profile.id.clone(), profile.name.clone(), org.layout_for(&profile.id).map(|layout| layout.id.clone())))
                .collect::<Vec<_>>()
        })
    });
    let add = move |_| {
        let name = format!("Softphone Layout {}", rows.with_untracked(Vec::len) + 1);
        let shown = name.clone();
        attempt(sim, |org, by| org.add_layout(by, &name).map(|_| ()), || format!("{shown} is a copy of the default one."));
    };
    view! {
        <section class="card" data-testid="layouts">
            <div class="card-head">
                <h1>"Softphone Layouts"</h1>
                <button type="button" class="button" on:click=add>"New"</button>
            </div>
            <ul class="plain">
                {move || {
                    rows.get()
                        .into_iter()
                        .map(|(id, name, default)| {
                            let page = format!("SoftphoneLayout-{}", id.as_str());
                            view! {
                                <li>
                                    <button type="button" class="link" on:click=move |_| go(sim, &page)>{name}</button>
                                    {default.then_some(" (default)")}
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ul>
            {cache(sim)}
            <h2>"Assignment"</h2>
            {move || {
                profiles
                    .get()
                    .into_iter()
                    .map(|(profile, name, current)| {
                        let assign = move |event| {
                            let layout = Id::parse(&event_target_value(&event));
                            attempt(sim, |org, by| org.assign_layout(by, &profile, layout.as_ref()), || "Assigned.".into());
                        };
                        let options = rows
                            .get()
                            .into_iter()
                            .map(|(id, name, _)| {
                                let selected = current.as_ref() == Some(&id);
                                view! { <option value=id.as_str().to_owned() selected=selected>{name}</option> }
                            })
                            .collect_view();
                        view! {
                            <label class="setting">
                                <span>{name}</span>
                                <select on:change=assign>{options}</select>
                            </label>
                        }
                    })
                    .collect_view()
            }}
        </section>
    }
    .into_any()
}

/// For how long pages go on with what they have seen.
fn cache(sim: Sim) -> AnyView {
    let minutes = move || sim.read(|org, _| org.layout_cache().minutes);
    let set = move |event| {
        let minutes = event_target_value(&event).parse().unwrap_or_default();
        sim.act(|org, _, _| org.set_layout_cache(minutes));
    };
    let reset = move |_| {
        sim.act(|org, _, _| org.reset_layouts());
        sim.say("Every page sees the layouts as they are now.");
    };
    view! {
        <div class="row">
            <label class="setting">
                <span>"A page goes on with a layout it has seen for so many minutes (0: a change is seen at once)"</span>
                <input type="number" min="0" data-testid="layout-cache" prop:value=minutes on:change=set />
            </label>
            <button type="button" class="button" on:click=reset>"Save all again"</button>
        </div>
    }
    .into_any()
}

/// One layout.
pub(super) fn layout(sim: Sim, id: Id) -> AnyView {
    let Some(first) = sim.peek(|org, _| org.layouts().iter().find(|layout| layout.id == id).cloned()) else {
        return view! { <section class="card"><h1>"There is no such layout."</h1></section> }.into_any();
    };
    let name = first.name.clone();
    let layout = RwSignal::new(first);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        attempt(sim, |org, by| org.save_layout(by, layout.get_untracked()), || "Saved.".into());
    };
    let rename = move |event| layout.update(|layout| layout.name = event_target_value(&event));
    view! {
        <form class="card" data-testid="layout" on:submit=save>
            <div class="card-head">
                <h1>{name.clone()}</h1>
                <button type="submit" class="button brand">"Save"</button>
            </div>
            <label class="setting">
                <span>"Name"</span>
                <input type="text" value=name on:input=rename />
            </label>
            {section(sim, layout, "Inbound", true, |layout| &mut layout.inbound)}
            {section(sim, layout, "Outbound", false, |layout| &mut layout.outbound)}
            {section(sim, layout, "Internal", false, |layout| &mut layout.internal)}
        </form>
    }
    .into_any()
}

/// The part for one call type; only inbound calls pop by the layout.
fn section(
    sim: Sim,
    layout: RwSignal<SoftphoneLayout>,
    title: &'static str,
    pops: bool,
    of: fn(&mut SoftphoneLayout) -> &mut LayoutSection,
) -> AnyView {
    let mut now = layout.get_untracked();
    let now = of(&mut now).clone();
    let facts = FACTS
        .map(|fact| {
            let on = now.call_fields.iter().any(|known| known == fact);
            let set = move |event| {
                let on = event_target_checked(&event);
                layout.update(|layout| {
                    let fields = &mut of(layout).call_fields;
                    fields.retain(|known| known != fact);
                    if on {
                        fields.push(fact.into());
                    }
                });
            };
            view! {
                <label class="check">
                    <input type="checkbox" checked=on on:change=set />
                    <span>{fact}</span>
                </label>
            }
        })
        .collect_view();
    let objects = now.objects.iter().map(|(object, fields)| format!("{object}: {}", fields.join(", "))).collect::<Vec<_>>().join("\n");
    let typed = move |event| {
        let objects = objects_of(&event_target_value(&event));
        layout.update(|layout| of(layout).objects = objects);
    };
    let window = now.new_window;
    let rules = pops.then(|| {
        view! {
            <label class="check">
                <input type="checkbox" checked=window on:change=move |event| layout.update(|layout| of(layout).new_window = event_target_checked(&event)) />
                <span>"Screen pops open in a new browser window or tab"</span>
            </label>
            {rule(sim, layout, "When nothing matches", false, |layout| &mut layout.inbound.no_match)}
            {rule(sim, layout, "When one record matches", true, |layout| &mut layout.inbound.single_match)}
            {rule(sim, layout, "When several match", false, |layout| &mut layout.inbound.multiple_matches)}
        }
    });
    view! {
        <fieldset>
            <legend>{title} " calls"</legend>
            <div class="row">{facts}</div>
            <label class="setting">
                <span>"Objects and the fields that come back, one object a line"</span>
                <textarea rows="5" spellcheck="false" on:input=typed>{objects}</textarea>
            </label>
            {rules}
        </fieldset>
    }
    .into_any()
}

/// `Contact: Name, Phone`, one object a line.
fn objects_of(text: &str) -> Vec<(String, Vec<String>)> {
    let lines = text.lines().filter_map(|line| {
        let (object, fields) = line.split_once(':').unwrap_or((line, ""));
        let fields = fields.split(',').map(|field| field.trim().to_owned()).filter(|field| !field.is_empty()).collect();
        let object = object.trim();
        (!object.is_empty()).then(|| (object.to_owned(), fields))
    });
    lines.collect()
}

fn rule(
    sim: Sim,
    layout: RwSignal<SoftphoneLayout>,
    label: &'static str,
    single: bool,
    of: fn(&mut SoftphoneLayout) -> &mut Pop,
) -> AnyView {
    let mut now = layout.get_untracked();
    let now = words(of(&mut now));
    let mut choices = sim.peek(|org, _| {
        let objects = org.objects().iter().filter(|object| !matches!(object.name.as_str(), "Task" | "User"));
        let flows = org.flows().iter().map(|flow| format!("flow {}", flow.name));
        objects
            .map(|object| format!("new {}", object.name))
            .chain(flows)
            .chain(PAGES.map(|page| format!("page {page}")))
            .collect::<Vec<_>>()
    });
    choices.splice(0..0, ["nothing", "record", "search page"].map(ToOwned::to_owned));
    if !choices.contains(&now) {
        // A flow that was deleted, or an object.
        choices.push(now.clone());
    }
    let options = choices
        .into_iter()
        // A record can be opened only where there is exactly one.
        .filter(|choice| single || choice != "record")
        .map(|choice| {
            let selected = choice == now;
            view! { <option value=choice.clone() selected=selected>{choice.clone()}</option> }
        })
        .collect_view();
    let set = move |event| {
        let pop = pop(&event_target_value(&event));
        layout.update(|layout| *of(layout) = pop);
    };
    view! {
        <label class="setting">
            <span>{label}</span>
            <select on:change=set>{options}</select>
        </label>
    }
    .into_any()
}

fn words(pop: &Pop) -> String {
    match pop {
        Pop::DetailPage => "record".into(),
        Pop::Flow(name) => format!("flow {name}"),
        Pop::NewRecord(object) => format!("new {object}"),
        Pop::SearchPage => "search page".into(),
        Pop::Visualforce(page) => format!("page {page}"),
        _ => "nothing".into(),
    }
}

fn pop(words: &str) -> Pop {
    match words.split_once(' ') {
        Some(("flow", name)) => Pop::Flow(name.into()),
        Some(("new", object)) => Pop::NewRecord(object.into()),
        Some(("page", page)) => Pop::Visualforce(page.into()),
        Some(("search", _)) => Pop::SearchPage,
        _ if words == "record" => Pop::DetailPage,
        _ => Pop::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn a_rule_keeps_its_meaning_in_words() {
        for rule in [
            Pop::DetailPage,
            Pop::Flow("F".into()),
            Pop::NewRecord("Case".into()),
            Pop::Nothing,
            Pop::SearchPage,
            Pop::Visualforce("P".into()),
        ] {
            assert_eq!(pop(&words(&rule)), rule);
        }
    }

    #[wasm_bindgen_test]
    fn objects_are_written_one_a_line() {
        assert_eq!(
            objects_of("Contact: Name, Phone\n\nLead"),
            [("Contact".into(), vec!["Name".into(), "Phone".into()]), ("Lead".into(), vec![])]
        );
    }
}
