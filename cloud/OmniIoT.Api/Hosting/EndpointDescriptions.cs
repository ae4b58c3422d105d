using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Problems;

namespace OmniIoT.Api.Hosting;

/// <summary>
/// The shape of a call's body, for the API's description. It does not bind callers to a content type: scripts rarely send one.
/// </summary>
internal sealed record BodyShape(Type Type, bool Required);

internal static class EndpointDescriptions
{
    /// <summary>Names the body.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder builder) =>
        builder.WithMetadata(new BodyShape(typeof(T), Required: true));

    /// <summary>Names a body that may be missing.</summary>
    public static RouteHandlerBuilder MayTake<T>(this RouteHandlerBuilder builder) =>
        builder.WithMetadata(new BodyShape(typeof(T), Required: false));

    /// <summary>Names the statuses that come with problem details.</summary>
    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder builder, params ReadOnlySpan<int> statuses)
    {
        foreach (int status in statuses)
            builder.Produces<Problem>(status, Problem.MediaType);
        return builder;
    }
}
