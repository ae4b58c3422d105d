using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Conversations;

/// <summary>Files of messages: stored before the message that names them, shown or only downloaded afterwards.</summary>
internal static class AttachmentEndpoints
{
    /// <summary>For what a form writes around the file.</summary>
    private const int FormBytes = 64 * 1024;

    private const int CopyBytes = 64 * 1024;

    public static void MapAttachments(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder attachments = api.MapGroup("/attachments").WithTags("Conversations");
        attachments
            .MapPost("", StoreAsync)
            .WithSummary("Stores a file of at most 20 MiB (multipart form) for a message; taken away after a day when no message names it.")
            .Produces<Attachment>(201)
            .Fails(401, 403, 413, 422);
        attachments
            .MapGet("/{id}", ReadAsync)
            .WithSummary("A file; pictures may be shown, anything else is only downloaded.")
            .Produces(200, contentType: MediaTypes.Unknown)
            .Fails(401, 403, 404);
    }

    private static async Task<IResult> StoreAsync(HttpContext context, IAttachmentStore attachments, CancellationToken cancellationToken)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
            bound.MaxRequestBodySize = Attachment.MaximumBytes + FormBytes;
        (string name, byte[] content) = await ReadFileAsync(context.Request, cancellationToken);
        Attachment stored = await attachments.StoreAsync(name, content, cancellationToken);
        return TypedResults.Created($"/api/v1/attachments/{stored.Id}", stored);
    }

    private static async Task<IResult> ReadAsync(
        string id,
        HttpContext context,
        IAttachmentStore attachments,
        CancellationToken cancellationToken
    )
    {
        Query.Id(id);
        StoredAttachment? found = await attachments.FindAsync(id, cancellationToken);
        // To a customer, what is not named yet is as little there as what is another's.
        if (found is { CustomerId: { } owner })
        {
            context.RequireOwn(owner);
            if (!await CallBounds.MayNameAsync(context, BoundKind.Customer, owner, cancellationToken))
                found = null;
        }
        else if (context.Caller() is CustomerCaller)
            found = null;
        if (found is null || await attachments.ReadAsync(id, cancellationToken) is not { } file)
            throw new ProblemException(Problem.NotFound("attachment", id));
        return AttachmentAnswer.Of(context.Response, file.Attachment, file.Content);
    }

    /// <summary>The first file of the form; other fields are left out.</summary>
    private static async Task<(string Name, byte[] Content)> ReadFileAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (
            !MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 } boundary
        )
            throw Missing();
        try
        {
            MultipartReader reader = new(boundary.ToString(), request.Body);
            while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
            {
                if (section.AsFileSection() is { FileName.Length: > 0 } file)
                    return (file.FileName, await CopyAsync(section.Body, cancellationToken));
            }
        }
        catch (Exception error) when (error is InvalidDataException || (error is IOException and not BadHttpRequestException))
        {
            throw new ProblemException(Problem.Unprocessable(new ProblemError("", "is no multipart form")));
        }
        throw Missing();
    }

    private static async Task<byte[]> CopyAsync(Stream body, CancellationToken cancellationToken)
    {
        using MemoryStream content = new();
        byte[] part = new byte[CopyBytes];
        int read;
        while ((read = await body.ReadAsync(part, cancellationToken)) > 0)
        {
            content.Write(part, 0, read);
            if (content.Length > Attachment.MaximumBytes)
                throw new ProblemException(Problem.Of(StatusCodes.Status413PayloadTooLarge, "A file has at most 20 MiB."));
        }
        return content.ToArray();
    }

    private static ProblemException Missing() => new(Problem.Unprocessable(new ProblemError("/file", Wrong.Missing)));
}
