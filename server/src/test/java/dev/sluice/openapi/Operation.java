package dev.sluice.openapi;

import tools.jackson.databind.JsonNode;

/**
 * A method of a path.
 *
 * @param path as the description has it
 * @param method in capitals
 * @param node what is said of it
 */
public record Operation(String path, String method, JsonNode node) {
    @Override
    public String toString() {
        return method + " " + path;
    }
}
