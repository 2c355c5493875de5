package io.holdfast.sources.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GlobalsTest {

    private static final String GLOBALS = """
            -- PostgreSQL database cluster dump
            \\restrict abc
            SET standard_conforming_strings = on;
            CREATE ROLE app;
            ALTER ROLE app WITH LOGIN PASSWORD 'SCRAM-SHA-256$new';
            CREATE ROLE "odd ""name";
            ALTER ROLE "odd ""name" WITH NOLOGIN;
            CREATE ROLE app_reader;
            GRANT app TO app_reader;
            """;

    @Test
    void leavesAloneTheRolesThatExist() {
        assertThat(Globals.without(GLOBALS, List.of("ROLE app", "TABLESPACE app_reader")))
                .isEqualTo("""
                        -- PostgreSQL database cluster dump
                        SET standard_conforming_strings = on;
                        CREATE ROLE "odd ""name";
                        ALTER ROLE "odd ""name" WITH NOLOGIN;
                        CREATE ROLE app_reader;
                        GRANT app TO app_reader;
                        """);
    }

    @Test
    void knowsQuotedNames() {
        assertThat(Globals.without(GLOBALS, List.of("ROLE \"odd \"\"name\""))).doesNotContain("ROLE \"odd");
    }
}
