/** One log for each call: see HookswitchLogs. */
trigger HookswitchOneLog on Task(before insert) {
    HookswitchLogs.refuseSeconds(Trigger.new);
}
