package dev.purser.support;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import io.vertx.core.json.JsonObject;

class ContractDocumentTest {

    /** Several threads may hold values against the same schema. */
    @Test
    void shouldLeaveASchemaAsItIs() {
        JsonObject schema = new JsonObject("""
                {"type": "object", "properties": {"name": {"type": "string"}}}""");
        JsonObject before = schema.copy();

        assertThat(ContractDocument.validator(schema).validate(new JsonObject().put("name", "Ada")).getValid())
                .isTrue();

        assertThat(schema).isEqualTo(before);
    }
}
