package dev.purser.api.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** Compiles the schemas of requests. */
final class SchemaReader {

    private static final Set<String> SAID_TO_PEOPLE = Set.of("title", "description", "example", "examples");

    private final Node root;

    SchemaReader(Node root) {
        this.root = root;
    }

    Type read(Node reference) {
        Node schema = reference.resolve(root);
        if (schema.has("oneOf")) {
            return choice(schema);
        }
        if (schema.get("type") instanceof List<?> types) {
            return orNull(schema, types);
        }
        return read(schema, schema.text("type"));
    }

    private Type read(Node schema, String type) {
        return switch (type) {
            case "integer" -> integer(schema);
            case "string" -> string(schema);
            case "boolean" -> flag(schema);
            case "array" -> list(schema);
            case "object" -> schema.flag("additionalProperties") ? free(schema) : object(schema);
            default -> throw schema.wrong("a type that requests may have", "found " + type);
        };
    }

    private Type orNull(Node schema, List<?> types) {
        if (types.size() == 2 && "null".equals(types.get(1)) && types.get(0) instanceof String other) {
            return new OrNullType(read(schema, other));
        }
        throw schema.wrong("a type, or a list of a type and null", "found " + types);
    }

    private static IntegerType integer(Node schema) {
        allow(schema, "type", "format", "minimum", "maximum", "default", "not");
        Object excluded = schema.get("not");
        if (excluded != null && !excluded.equals(Map.of("const", 0))) {
            throw schema.wrong("no other exclusion than that of 0", "found " + excluded);
        }
        return new IntegerType(schema.integer("minimum", Long.MIN_VALUE), schema.integer("maximum", Long.MAX_VALUE),
                excluded != null);
    }

    private static FlagType flag(Node schema) {
        allow(schema, "type", "default");
        return new FlagType();
    }

    private static Type string(Node schema) {
        allow(schema, "type", "format", "enum", "const", "minLength", "maxLength", "pattern");
        if (schema.has("format")) {
            if (!schema.text("format").equals("date-time")) {
                throw schema.wrong("the format date-time", "found " + schema.text("format"));
            }
            return new TimeType();
        }
        Set<String> values = new LinkedHashSet<>(schema.texts("enum"));
        if (schema.has("const")) {
            values.add(schema.text("const"));
        }
        if (values.isEmpty() && !schema.has("maxLength")) {
            throw schema.wrong("a maxLength", "there is none");
        }
        return new TextType((int) schema.integer("minLength", 0), (int) schema.integer("maxLength", Integer.MAX_VALUE),
                alphabet(schema), values);
    }

    private static @Nullable Alphabet alphabet(Node schema) {
        if (!schema.has("pattern")) {
            return null;
        }
        Alphabet alphabet = Alphabet.of(schema.text("pattern"));
        if (alphabet == null) {
            throw schema.wrong("a pattern of the form ^[characters]+$", "found " + schema.text("pattern"));
        }
        return alphabet;
    }

    private ListType list(Node schema) {
        allow(schema, "type", "items", "minItems", "maxItems");
        return new ListType(read(schema.child("items")), (int) schema.integer("minItems", 0),
                (int) schema.integer("maxItems", Integer.MAX_VALUE));
    }

    private static FreeObjectType free(Node schema) {
        allow(schema, "type", "additionalProperties", "x-max-bytes", "x-max-depth");
        return new FreeObjectType((int) schema.integer("x-max-bytes", 0), (int) schema.integer("x-max-depth", 0));
    }

    private ObjectType object(Node schema) {
        allow(schema, "type", "additionalProperties", "properties", "required", "anyOf");
        if (!Boolean.FALSE.equals(schema.get("additionalProperties"))) {
            throw schema.wrong("additionalProperties to be false or true", "it is neither");
        }
        Map<String, ObjectType.Field> fields = new LinkedHashMap<>();
        Node properties = schema.has("properties") ? schema.child("properties") : Node.of("properties", Map.of());
        List<String> required = schema.texts("required");
        for (String name : properties.names()) {
            Node property = properties.child(name).resolve(root);
            fields.put(name, field(name, property, required.contains(name)));
        }
        if (fields.size() > ObjectType.MOST_FIELDS || !fields.keySet().containsAll(required)) {
            throw schema.wrong("at most " + ObjectType.MOST_FIELDS + " fields, the required ones among them",
                    "found " + fields.keySet());
        }
        return new ObjectType(fields, anyOf(schema));
    }

    ObjectType.Field field(String name, Node schema, boolean required) {
        Object otherwise = schema.get("default");
        return new ObjectType.Field(name, read(schema), required,
                otherwise instanceof Integer number ? Long.valueOf(number) : otherwise);
    }

    private static List<String> anyOf(Node schema) {
        List<String> names = new ArrayList<>();
        for (Node each : schema.children("anyOf")) {
            each.allow(Set.of("required"));
            names.addAll(each.texts("required"));
        }
        return names;
    }

    private ChoiceType choice(Node schema) {
        allow(schema, "oneOf", "discriminator");
        String discriminator = schema.child("discriminator").text("propertyName");
        Map<String, ObjectType> variants = new LinkedHashMap<>();
        for (Node each : schema.children("oneOf")) {
            Node variant = each.resolve(root);
            variants.put(variant.child("properties").child(discriminator).text("const"), object(variant));
        }
        return new ChoiceType(discriminator, variants);
    }

    private static void allow(Node schema, String... keywords) {
        Set<String> all = new LinkedHashSet<>(SAID_TO_PEOPLE);
        all.addAll(List.of(keywords));
        schema.allow(all);
    }
}
