using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Api.Conversations;

/// <summary>A file as it is given out: shown when it is a picture, else only downloaded.</summary>
internal static class AttachmentAnswer
{
    /// <summary>Whatever it is, it runs nothing and asks nobody.</summary>
    private const string Caged = "sandbox; default-src 'none'";

    public static IResult Of(HttpResponse response, Attachment attachment, ReadOnlyMemory<byte> content)
    {
        ContentDispositionHeaderValue disposition = new(MediaTypes.IsShown(attachment.Type) ? "inline" : "attachment");
        disposition.SetHttpFileName(attachment.Name);
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.ContentSecurityPolicy = Caged;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "private, max-age=86400";
        return TypedResults.Bytes(content, attachment.Type);
    }
}
