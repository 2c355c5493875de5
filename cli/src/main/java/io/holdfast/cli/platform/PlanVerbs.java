package io.holdfast.cli.platform;

import io.holdfast.cli.verb.VerbGroup;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
        name = "plan",
        description = "Check, show and publish plans: what is protected, when, where to, and who is told.")
final class PlanVerbs extends VerbGroup {

    PlanVerbs() {
        super(List.of(PlanCheckVerb.class, PlanShowVerb.class, PlanPublishVerb.class));
    }
}
