//! Setup: call centers, their users, directory numbers, softphone layouts, profiles, rules, apps, any other softphone, and the org itself.

mod apps;
mod centers;
mod import;
mod layouts;
mod numbers;
mod profiles;
mod rules;
mod softphone;
mod users;

use hookswitch_lightning::{Id, View};
use leptos::prelude::*;

use crate::sim::Sim;

/// The pages in Setup's menu.
const MENU: [(&str, &str); 8] = [
    ("CallCenters", "Call Centers"),
    ("DirectoryNumbers", "Directory Numbers"),
    ("SoftphoneLayouts", "Softphone Layouts"),
    ("Profiles", "Profiles"),
    ("Rules", "Rules"),
    ("Apps", "App Manager"),
    ("Softphone", "Any softphone"),
    ("Org", "This org"),
];

/// A page of Setup.
pub(crate) fn setup(sim: Sim, page: String) -> AnyView {
    let current = page.clone();
    let main = match page.split_once('-').map_or((page.as_str(), None), |(page, id)| (page, Id::parse(id))) {
        ("CallCenters", _) => centers::centers(sim),
        ("CallCenter", Some(id)) => centers::center(sim, id),
        ("CallCenterUsers", Some(id)) => users::users(sim, id),
        ("CallCenterImport", _) => import::import(sim),
        ("SoftphoneLayouts", _) => layouts::layouts(sim),
        ("SoftphoneLayout", Some(id)) => layouts::layout(sim, id),
        ("DirectoryNumbers", _) => numbers::numbers(sim),
        ("Profiles", _) => profiles::profiles(sim),
        ("Rules", _) => rules::rules(sim),
        ("Apps", _) => apps::apps(sim),
        ("Softphone", _) => softphone::softphone(sim),
        ("Org", _) => apps::org(sim),
        _ => view! {
            <section class="card">
                <h1>"Setup"</h1>
                <p>"Choose a page at the left."</p>
            </section>
        }
        .into_any(),
    };
    view! {
        <div class="setup" data-testid="setup-page">
            <nav class="setup-menu" aria-label="Setup">
                <ul>
                    {MENU
                        .map(|(page, label)| {
                            let here = current == page;
                            view! {
                                <li>
                                    <button type="button" class="item" aria-current=here.then_some("page") on:click=move |_| go(sim, page)>
                                        {label}
                                    </button>
                                </li>
                            }
                        })
                        .collect_view()}
                </ul>
            </nav>
            <div class="setup-main">{main}</div>
        </div>
    }
    .into_any()
}

/// Shows another page of Setup.
fn go(sim: Sim, page: &str) {
    sim.open(View::Setup { page: page.into() });
}

/// Does something as the user who is logged in, and says at the top of the page if it is refused. Returns whether it was done.
fn attempt<E: std::fmt::Display>(
    sim: Sim,
    act: impl FnOnce(&mut hookswitch_lightning::Org, &Id) -> Result<(), E>,
    done: impl FnOnce() -> String,
) -> bool {
    let result = sim.act(|org, host, _| {
        let by = host.page().user().clone();
        act(org, &by).map_err(|refusal| refusal.to_string())
    });
    let good = result.is_ok();
    sim.say(result.map_or_else(|refusal| refusal, |()| done()));
    good
}
