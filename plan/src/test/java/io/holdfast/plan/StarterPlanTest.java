package io.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class StarterPlanTest {

    private static StarterPlan.Parameters parameters(String directory) {
        Path data = Path.of(directory);
        return new StarterPlan.Parameters(
                data.resolve("vaults"),
                new SecretReference.File(data.resolve("vault-password")),
                List.of(
                        new StarterPlan.Place(
                                "east",
                                Location.parse("s3:http://127.0.0.1:9101/holdfast-east"),
                                new SecretReference.File(data.resolve("east-access")),
                                new SecretReference.Environment("EAST_SECRET")),
                        new StarterPlan.Place("disk", Location.parse("/mnt/disk2/holdfast"), null, null)),
                "127.0.0.1",
                2525,
                List.of(
                        new StarterPlan.Sample("documents", Path.of("/srv/sample")),
                        new StarterPlan.Sample("orders", data.resolve("sample"))));
    }

    @Test
    void readsBackWithoutAProblemOrAWarning() {
        PlanReading reading = PlanReader.read(StarterPlan.text(parameters("/srv/holdfast-data")), "plan.yaml");
        assertThat(reading).isInstanceOfSatisfying(PlanReading.Valid.class, valid -> {
            assertThat(valid.warnings()).isEmpty();
            Plan plan = valid.plan();
            assertThat(plan.vaults().directory()).isEqualTo(Path.of("/srv/holdfast-data/vaults"));
            assertThat(plan.regions()).extracting(Region::name).containsExactly("east", "disk");
            assertThat(plan.stacks().getFirst().components())
                    .extracting(Component::name)
                    .containsExactly("documents", "orders");
            assertThat(plan.mail()).isNotNull().extracting(Mail::port).isEqualTo(2525);
        });
    }

    @Test
    void survivesStrangePaths() {
        String strange = "/srv/a \"b\" \\ 'c' #d: {e}, *\n\tf ü";
        PlanReading reading = PlanReader.read(StarterPlan.text(parameters(strange)), "plan.yaml");
        assertThat(Plans.valid(reading).vaults().directory()).isEqualTo(Path.of(strange, "vaults"));
    }

    @Test
    void readsBackWithoutAnyRegion() {
        StarterPlan.Parameters full = parameters("/srv/data");
        StarterPlan.Parameters alone = new StarterPlan.Parameters(
                full.vaults(), full.vaultPassword(), List.of(), "localhost", 25, full.samples());
        assertThat(Plans.valid(PlanReader.read(StarterPlan.text(alone), "plan.yaml"))
                        .regions())
                .isEmpty();
    }
}
