package io.holdfast.cli;

import picocli.CommandLine.Command;

@Command(
        name = "plan",
        description = "Check and publish plans: what is protected, when, where to, and who is told.",
        subcommands = {PlanCheck.class, PlanPublish.class})
final class PlanVerbs extends VerbGroup {}
