package io.holdfast.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServiceCommandTest {

    @Test
    void saysOnceWhatIsSafeAndWhatToDo() {
        assertThat(ServiceCommand.remedied("port 80 is taken."))
                .startsWith("port 80 is taken. Nothing was changed. Correct its settings");
        assertThat(ServiceCommand.remedied("HF-J01 Another worker is at it. Nothing was changed. Stop that one."))
                .isEqualTo("HF-J01 Another worker is at it. Nothing was changed. Stop that one.");
        assertThat(ServiceCommand.remedied("There is no file. Nothing was changed. Make one."))
                .isEqualTo("There is no file. Nothing was changed. Make one.");
    }
}
