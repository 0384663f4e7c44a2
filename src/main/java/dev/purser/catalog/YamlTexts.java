package dev.purser.catalog;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.constructor.ConstructYamlNull;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;
import org.snakeyaml.engine.v2.schema.Schema;

/** YAML in which all values are texts: each reader knows itself what a value is to be, and 1e3 is no number. */
public final class YamlTexts {

    private static final Schema TEXTS = new FailsafeSchema() {
        @Override
        public Map<Tag, ConstructNode> getSchemaTagConstructors() {
            return Map.of(Tag.NULL, new ConstructYamlNull());
        }
    };

    private YamlTexts() {
    }

    /**
     * A map, a list, a text, or null for a document that has nothing in it.
     *
     * @param label what a message calls it
     * @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException when it is no YAML
     */
    public static @Nullable Object load(String yaml, String label) {
        return new Load(LoadSettings.builder().setSchema(TEXTS).setLabel(label).build()).loadFromString(yaml);
    }
}
