package io.holdfast.sources.postgresql;

import io.holdfast.fixtures.TestImage;

class PostgreSql18IT extends PostgreSqlEndsContract {

    PostgreSql18IT() {
        super(TestImage.POSTGRES_18);
    }
}
