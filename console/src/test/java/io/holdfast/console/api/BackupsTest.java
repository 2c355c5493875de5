package io.holdfast.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.console.Samples;
import io.holdfast.console.view.BackupsView;
import io.holdfast.console.view.PlanView;
import io.holdfast.events.ComponentId;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackupsTest {

    private static final ComponentId PAGES = new ComponentId("retired", "pages");

    private final PlanView plan = new PlanView();
    private final BackupsView view = new BackupsView(plan);
    private final Backups backups = new Backups(view, plan);

    @Test
    void takeTheOnlyStackOfThePlanForTheOneThatIsMeantWhateverVaultsStillKnow() {
        plan.on(Samples.envelope(Samples.planned(Samples.REDIS)));
        view.on(Samples.envelope(Samples.taken(Samples.point("retired", 7), PAGES, Samples.day(7))));

        assertThat(backups.choice(null, List.of())).isEqualTo(new Choice("rag", List.of()));
        assertThat(backups.choice(null, List.of("pages"))).isEqualTo(new Choice("retired", List.of("pages")));
        assertThat(backups.choice("retired", List.of())).isEqualTo(new Choice("retired", List.of()));
    }

    @Test
    void askWhichStackIsMeantWhereThePlanHasSeveralOrNone() {
        view.on(Samples.envelope(Samples.taken(Samples.point("retired", 7), PAGES, Samples.day(7))));
        view.on(Samples.envelope(Samples.taken(Samples.point("rag", 7), Samples.REDIS, Samples.day(7))));
        assertThatThrownBy(() -> backups.choice(null, List.of())).hasMessageContaining("[rag, retired]");

        plan.on(Samples.envelope(Samples.planned(Samples.REDIS)));
        plan.on(Samples.envelope(Samples.planned(PAGES)));
        assertThatThrownBy(() -> backups.choice(null, List.of())).hasMessageContaining("[rag, retired]");
    }
}
