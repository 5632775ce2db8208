//! What goes wrong at a site, every few minutes.

use hookswitch_core::RefusedReason;
use hookswitch_switch::{LineFaults, NetworkCommand};

use super::site::Site;

/// One thing goes wrong, and what went wrong with a line before is mended.
pub(super) fn strike(site: &mut Site) {
    mend(site);
    let (name, command) = match site.dice.below(100) {
        0..25 => ("commands ignored", NetworkCommand::IgnoreNext { count: 2 }),
        25..50 => {
            let refused = NetworkCommand::RefuseNext { count: 2, reason: RefusedReason::NotNow, detail: String::new() };
            ("commands refused", refused)
        }
        50..65 => {
            let seed = site.dice.below(u64::MAX);
            let faults =
                LineFaults { seed, lost_percent: 5, doubled_percent: 10, late_ms: 50, reordered_percent: 10, ..LineFaults::default() };
            let extension = site.extension();
            site.faulty = Some(extension.clone());
            ("lines that lose, double and delay reports", NetworkCommand::SetFaults { extension, faults })
        }
        65..80 => {
            let pick = site.dice.below(site.customers.len().max(1) as u64);
            let Some(number) = site.customers.keys().nth(usize::try_from(pick).unwrap_or(0)).copied() else { return };
            let Some(there) = site.whereabouts(number) else { return };
            // Whoever else is in that call is lost with it.
            for number in site.everybody_in(&there.call) {
                site.customers.insert(number, true);
            }
            ("calls lost", NetworkCommand::LoseCall { call: there.call })
        }
        80..95 => ("outages", NetworkCommand::Outage { for_ms: site.dice.seconds(3, 30) }),
        95..98 => ("restarts", NetworkCommand::Restart { for_ms: site.dice.seconds(3, 30), calls_survive: true }),
        _ => {
            site.customers.values_mut().for_each(|excused| *excused = true);
            ("restarts without the calls", NetworkCommand::Restart { for_ms: site.dice.seconds(3, 30), calls_survive: false })
        }
    };
    site.found.happened(name);
    site.network(command);
}

/// All lines are sound again.
pub(super) fn mend(site: &mut Site) {
    if let Some(extension) = site.faulty.take() {
        site.network(NetworkCommand::SetFaults { extension, faults: LineFaults::default() });
    }
}
