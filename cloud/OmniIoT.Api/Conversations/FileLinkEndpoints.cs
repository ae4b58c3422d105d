using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Ports.Channels;
using OmniIoT.Ports.Security;

namespace OmniIoT.Api.Conversations;

/// <summary>What the link to a file leads to; whoever has it, a provider that is to send the file on, may read that file.</summary>
internal static class FileLinkEndpoints
{
    private const int MaxToken = 512;

    public static void MapFileLinks(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods("/f/{token}", [HttpMethods.Get, HttpMethods.Head], ReadAsync).ExcludeFromDescription();

    private static async Task<IResult> ReadAsync(
        string token,
        HttpContext context,
        FileLinks links,
        IAttachmentStore attachments,
        CancellationToken cancellationToken
    ) =>
        token.Length <= MaxToken
        && await links.FindAsync(token, cancellationToken) is { } id
        && await attachments.ReadAsync(id, cancellationToken) is { } file
            ? AttachmentAnswer.Of(context.Response, file.Attachment, file.Content)
            : TypedResults.NotFound();
}
