//! Lines that fail between a softphone and the phone system.

use hookswitch_core::{AgentCommand as Do, DialSource, Phase, ProblemKind};
use hookswitch_scenarios::{Floor, extension};
use hookswitch_switch::{LineFaults, NetworkCommand};

const ADA: &str = "+14155550107";

fn line(floor: &mut Floor, faults: LineFaults) {
    floor.outside(NetworkCommand::SetFaults { extension: extension(0), faults });
}

#[test]
fn a_hang_up_that_got_lost_is_found_by_asking() {
    let mut floor = Floor::open(1);
    floor.talks(0, ADA, "Ada");
    line(&mut floor, LineFaults { lost_percent: 100, ..LineFaults::default() });
    floor.party(ADA, hookswitch_switch::PartyAct::HangsUp);
    assert_eq!(floor.live(0).len(), 1);
    line(&mut floor, LineFaults::default());
    floor.passes(61_000);
    assert_eq!(floor.live(0), []);
}

#[test]
fn a_dead_phone_system_frees_the_line_in_bounded_time_when_the_agent_hangs_up() {
    let mut floor = Floor::open(1);
    let ada = floor.talks(0, ADA, "Ada");
    line(&mut floor, LineFaults { dead: true, ..LineFaults::default() });
    floor.agent(0, Do::Clear(ada)).passes(10_000);
    assert_eq!(floor.live(0), []);
}

#[test]
fn everything_said_twice_is_one_call_one_log_and_no_message() {
    let mut floor = Floor::open(1);
    line(&mut floor, LineFaults { doubled_percent: 100, ..LineFaults::default() });
    let ada = floor.talks(0, ADA, "Ada");
    floor.agent(0, Do::Hold(ada)).agent(0, Do::Retrieve(ada)).passes(20_000).agent(0, Do::Clear(ada));
    floor.agent(0, Do::FinishWrapUp(ada));
    assert_eq!((floor.snapshot(0).calls.len(), floor.desk(0).logs.len()), (0, 1));
    let refused = floor.snapshot(0).problems.iter().any(|problem| matches!(problem.kind, ProblemKind::CommandRefused { .. }));
    assert!(!refused);
}

#[test]
fn a_restart_that_loses_the_calls_ends_them_at_every_desk_and_the_next_call_works() {
    let mut floor = Floor::open(2);
    floor.talks(0, ADA, "Ada");
    floor.talks(1, "+14155550108", "Grace");
    floor.outside(NetworkCommand::Restart { for_ms: 2_000, calls_survive: false }).passes(3_000);
    assert_eq!((floor.live(0), floor.live(1)), (vec![], vec![]));
    floor.talks(0, ADA, "Ada");
    assert_eq!(floor.with_whom(ADA), [extension(0)]);
}

#[test]
fn a_dialed_call_whose_name_got_lost_is_found_again_at_the_latest_when_the_softphone_gives_it_up() {
    let mut floor = Floor::open(1);
    line(&mut floor, LineFaults { lost_percent: 100, ..LineFaults::default() });
    floor.agent(0, Do::Dial { number: ADA.into(), source: DialSource::DialPad }).passes(31_000).answers(ADA);
    line(&mut floor, LineFaults::default());
    floor.passes(60_000);
    assert_eq!(floor.live(0).first().map(|(phase, _)| *phase), Some(Phase::Connected), "Ada talks to somebody");
}
