package io.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExamplesTest {

    private static Plan example(String name) {
        return Plans.valid(PlanReader.read(Path.of("../deploy/examples", name + ".yaml")));
    }

    private static Component component(Plan plan, String stack, String name) {
        return plan.stack(stack).flatMap(found -> found.component(name)).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"arxiv", "rag", "vectorizer", "neurocore"})
    void copiesEverythingToAtLeastTwoRegionsAndTellsSomebody(String name) {
        Plan plan = example(name);
        assertThat(plan.stacks().getFirst().components())
                .allSatisfy(component -> assertThat(component.regions()).hasSizeGreaterThanOrEqualTo(2));
        assertThat(plan.escalation()).isNotEmpty();
        assertThat(plan.mail()).isNotNull();
    }

    @Test
    void protectsArxiv() {
        Plan plan = example("arxiv");
        Component chroma = component(plan, "arxiv", "chromadb");
        assertThat(chroma.objectives().rpo()).isEqualTo(Duration.ofMinutes(30));
        assertThat(chroma.objectives().rto()).isEqualTo(Duration.ofHours(2));
        assertThat(chroma.objectives().priority()).isEqualTo(Priority.CRITICAL);
        assertThat(chroma.source()).isInstanceOfSatisfying(Source.ChromaDb.class, source -> {
            assertThat(source.data()).isEqualTo(new DataLocation.Volume("chromadb_data"));
            assertThat(source.quiesce().mode()).isEqualTo(Quiesce.Mode.PAUSE);
        });
        assertThat(component(plan, "arxiv", "ai-scholar").keep()).isEqualTo(Retention.within(Duration.ofDays(84)));
        assertThat(component(plan, "arxiv", "ai-scholar").source())
                .isInstanceOfSatisfying(
                        Source.Files.class, files -> assertThat(files.exclude()).containsExactly("cache/*", "*.tmp"));
        assertThat(plan.contacts())
                .extracting(Contact::rank)
                .containsExactly(
                        Contact.Rank.PRIMARY, Contact.Rank.PRIMARY, Contact.Rank.SECONDARY, Contact.Rank.SECONDARY);
        assertThat(plan.escalation())
                .extracting(EscalationLevel::timeout)
                .containsExactly(Duration.ofMinutes(30), Duration.ofHours(1), Duration.ofHours(2));
        assertThat(plan.escalation().getLast().recipients())
                .containsExactly(
                        "admin@yourorg.com",
                        "tech-lead@yourorg.com",
                        "ops@yourorg.com",
                        "security@yourorg.com",
                        "management@yourorg.com");
    }

    @Test
    void protectsRag() {
        Plan plan = example("rag");
        assertThat(plan.regions()).allSatisfy(region -> {
            assertThat(region.keep()).isEqualTo(Retention.within(Duration.ofDays(90)));
            assertThat(region.storageClass()).isEqualTo("STANDARD_IA");
        });
        Component redis = component(plan, "rag", "redis");
        assertThat(redis.keep()).isEqualTo(Retention.within(Duration.ofDays(30)));
        assertThat(redis.timetable().longestGap()).isEqualTo(Duration.ofHours(6));
        assertThat(redis.source())
                .isInstanceOfSatisfying(
                        Source.Redis.class,
                        source -> assertThat(source.password())
                                .isEqualTo(new SecretReference.Environment("REDIS_PASSWORD")));
        Component chroma = component(plan, "rag", "chromadb");
        assertThat(chroma.objectives())
                .isEqualTo(new Objectives(
                        Duration.ofHours(4), Duration.ofHours(1), Duration.ofHours(2), Priority.CRITICAL));
        assertThat(chroma.source().quiesce().containers()).containsExactly("rag-backend");
    }

    @Test
    void protectsVectorizer() {
        Component collections = component(example("vectorizer"), "vectorizer", "collections");
        assertThat(collections.timetable().longestGap()).isEqualTo(Duration.ofMinutes(15));
        assertThat(collections.keep()).isEqualTo(new Retention(0, 0, 30, 12, 12, 0, Duration.ofHours(24)));
        assertThat(collections.source())
                .isInstanceOfSatisfying(
                        Source.BackupApi.class,
                        source -> assertThat(source.url()).hasToString("http://127.0.0.1:15002"));
    }

    @Test
    void protectsNeurocore() {
        Plan plan = example("neurocore");
        Component postgres = component(plan, "neurocore", "postgres");
        assertThat(postgres.keep()).isEqualTo(Retention.last(10));
        assertThat(postgres.source()).isInstanceOfSatisfying(Source.PostgreSql.class, source -> {
            assertThat(source.extensions()).containsExactly("vector", "pg_trgm");
            assertThat(source.excludeTableData()).containsExactly("logs");
            assertThat(source.databases()).containsExactly("neurosurgery_kb");
        });
        assertThat(plan.stacks().getFirst().components())
                .extracting(component -> component.source().kind())
                .containsExactly(
                        "postgresql", "files", "configuration", "docker-volume", "docker-volume", "system-information");
        assertThat(plan.regions().getLast().location())
                .isEqualTo(new Location.Directory(Path.of("/mnt/backup-server/neurocore")));
    }
}
