package io.holdfast.console.api;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.Objects;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API's description, at {@code /v3/api-docs} and in {@code docs/openapi.json}. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final String PROBLEM = "Problem";
    private static final String BEARER = "bearer";

    @Bean
    OpenAPI consoleDescription() {
        return new OpenAPI()
                .info(new Info()
                        .title("Holdfast")
                        .version("v1")
                        .description("The operators' door: backups, restores, status, incidents and the plan."))
                .servers(List.of(new Server().url("/")))
                .components(new Components()
                        .addSchemas(PROBLEM, problem())
                        .addSecuritySchemes(
                                BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")))
                .addSecurityItem(new SecurityRequirement().addList(BEARER));
    }

    /** What no annotation can say: a restore needs one of two. */
    @Bean
    GlobalOpenApiCustomizer consoleChoices() {
        return description -> {
            Schema<?> restore = Objects.requireNonNull(
                    description.getComponents().getSchemas().get(RestoreBackup.class.getSimpleName()));
            for (String one : List.of("backup_id", "at")) {
                restore.addOneOfItem(new Schema<>().required(List.of(one)));
            }
        };
    }

    @Bean
    GlobalOperationCustomizer consoleProblems() {
        return (operation, _) -> {
            operation
                    .getResponses()
                    .addApiResponse("401", problem("No token, or one that is not known"))
                    .addApiResponse("403", problem("The token's role does not allow it"))
                    .addApiResponse("503", problem("The broker, the views or a site cannot be asked now"))
                    .addApiResponse("default", problem("The request is not carried out; 'code' and 'detail' tell why"));
            return operation;
        };
    }

    private static ApiResponse problem(String description) {
        Schema<?> schema = new Schema<>().$ref("#/components/schemas/" + PROBLEM);
        return new ApiResponse()
                .description(description)
                .content(new Content().addMediaType("application/problem+json", new MediaType().schema(schema)));
    }

    private static Schema<?> problem() {
        return new ObjectSchema()
                .description("RFC 9457 problem details; more members may follow")
                .addProperty("type", new StringSchema())
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty(
                        "detail", new StringSchema().description("What failed, on what, why, what is safe, what to do"))
                .addProperty("instance", new StringSchema())
                .addProperty("code", new StringSchema().description("Stable").example("HF-C15"));
    }
}
