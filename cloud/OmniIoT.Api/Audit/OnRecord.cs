using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Access;
using OmniIoT.Domain.Audit;
using OmniIoT.Web;

namespace OmniIoT.Api.Audit;

/// <summary>The call shows many persons at once.</summary>
internal sealed record ListedPersons;

/// <summary>The call reads, though its method is that of calls that change.</summary>
internal sealed record ReadsByBody;

/// <summary>What a call says for the record.</summary>
internal static class OnRecord
{
    private static readonly object PersonKey = new();

    public static TBuilder ListsPersons<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ListedPersons());

    public static TBuilder ReadsOnly<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ReadsByBody());

    /// <summary>The call is about this customer; null: about nobody.</summary>
    public static void Concerns(this HttpContext context, string? customerId) => context.Items[PersonKey] = customerId;

    /// <summary>Whom the call is about.</summary>
    public static string? Person(this HttpContext context) => context.Items[PersonKey] as string;

    public static Origin Origin(this HttpContext context) =>
        new(context.KnownCaller()?.Actor ?? Domain.Audit.Origin.Anonymous, ClientAddress.Of(context));
}
