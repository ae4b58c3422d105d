using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Devices.Time;

namespace OmniIoT.Api.Hosting;

/// <summary>The API's description (OpenAPI 3.1) at <c>/openapi/v1.json</c>.</summary>
internal static class ApiDescription
{
    private const string SchemeName = "bearer";

    /// <summary>The rights of which one is needed; whoever is known may make a call without it.</summary>
    private const string Rights = "x-rights";

    /// <summary><c>whole</c>: nobody who is limited to queues or sites makes the call.</summary>
    private const string ReachName = "x-reach";

    public static void AddOmniOpenApi(this IServiceCollection services) =>
        services.AddOpenApi(
            "v1",
            options =>
            {
                options.AddDocumentTransformer(
                    (document, _, _) =>
                    {
                        Introduce(document);
                        return Task.CompletedTask;
                    }
                );
                options.AddOperationTransformer(DescribeBodyAsync);
                options.AddOperationTransformer(
                    (operation, context, _) =>
                    {
                        DescribeRights(operation, context);
                        return Task.CompletedTask;
                    }
                );
                options.AddSchemaTransformer(
                    (schema, context, _) =>
                    {
                        DescribeTime(schema, context.JsonTypeInfo.Type);
                        return Task.CompletedTask;
                    }
                );
            }
        );

    private static async Task DescribeBodyAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<BodyShape>().FirstOrDefault() is not { } body)
            return;
        OpenApiSchema schema = await context.GetOrCreateSchemaAsync(body.Type, null, cancellationToken);
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = body.Required,
            Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = schema } },
        };
    }

    private static void DescribeRights(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        AccessRule? rule = context.Description.ActionDescriptor.EndpointMetadata.OfType<AccessRule>().LastOrDefault();
        if (rule is null || rule.AnyOf == RightSet.None)
            return;
        operation.Extensions ??= new Dictionary<string, IOpenApiExtension>();
        operation.Extensions[Rights] = new JsonNodeExtension(JsonSerializer.SerializeToNode(rule.AnyOf.Names)!);
        if (rule.Reach is Reach.Whole)
            operation.Extensions[ReachName] = new JsonNodeExtension("whole");
    }

    /// <summary>Times have a converter of their own, of which the generator knows nothing.</summary>
    private static void DescribeTime(OpenApiSchema schema, Type type)
    {
        if ((Nullable.GetUnderlyingType(type) ?? type) != typeof(Instant))
            return;
        schema.Type = type == typeof(Instant) ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
        schema.Format = "date-time";
    }

    private static void Introduce(OpenApiDocument document)
    {
        document.Info.Title = "OmniIoT";
        document.Info.Version = "1";
        document.Info.Description =
            "Devices, alarms, cases, customers, places and offers. JSON is camelCase; times are UTC in ISO 8601. Errors are problem details (RFC 9457).";
        // The address is where the description was read.
        document.Servers?.Clear();
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[SchemeName] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "The API key, an agent's session token or a customer's app token.",
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SchemeName, document)] = [] }];
    }
}
