using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Api.Channels;

internal static class ChannelEndpoints
{
    public static void MapChannels(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder channels = api.MapGroup("/channels").WithTags("Channels");
        channels
            .MapDocuments(DocumentKind.Channel)
            .Lists<JsonElement>("Channels, by id; q matches id or name anywhere. Of a secret it is said only that it is set.");
        channels
            .MapDocument(DocumentKind.Channel)
            .Shows<JsonElement>("A channel as it was written; of a secret it is said only that it is set.");
        channels
            .MapPut("/{id}", PutAsync)
            .Writes<JsonElement, JsonElement>("""Creates or replaces a channel; a secret written as {"set":true} stays as it is.""");
        channels.MapDocumentRemoval(DocumentKind.Channel).Removes("Removes a channel; what was said on it stays.");
        channels
            .MapPost("/{id}/test", TestAsync)
            .WithSummary("Asks the provider whether it answers and takes the credentials.")
            .Produces<ChannelTestView>()
            .Fails(401, 403, 404);
    }

    private static async Task<IResult> PutAsync(
        string id,
        SecretDocuments documents,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        (_, JsonObject written) = await documents.ReadAsync(DocumentKind.Channel, id, context, ChannelReader.Read, cancellationToken);
        return await documents.PutAsync(DocumentKind.Channel, id, written, context, cancellationToken);
    }

    private static async Task<IResult> TestAsync(
        string id,
        ChannelDirectory directory,
        IEnumerable<IChannelAdapter> adapters,
        CancellationToken cancellationToken
    )
    {
        Channel channel = directory.Find(Query.Id(id)) ?? throw new ProblemException(Problem.NotFound("channel", id));
        // The web chat is the platform's own, and asks no provider.
        string? error = adapters.FirstOrDefault(adapter => adapter.Type == channel.Type) is { } adapter
            ? await adapter.TestAsync(channel, cancellationToken)
            : null;
        return TypedResults.Ok(new ChannelTestView(error is null, error));
    }
}

/// <summary>What came of asking a channel's provider.</summary>
/// <param name="Error">What is wrong; null: nothing.</param>
public sealed record ChannelTestView(bool Ok, string? Error);
