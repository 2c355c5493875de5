package io.holdfast.sources.postgresql;

import io.holdfast.fixtures.TestImage;

class PostgreSql17IT extends PostgreSqlContract {

    PostgreSql17IT() {
        super(TestImage.POSTGRES_17);
    }
}
