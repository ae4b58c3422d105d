using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using OmniIoT.Api.Problems;

namespace OmniIoT.Api.Requests;

/// <summary>Versions as entity tags (RFC 9110, 8.8.3): <c>"7"</c>.</summary>
internal static class EntityTag
{
    public static string Of(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>The version that <c>If-Match</c> names; null when there is no such header or it is <c>*</c>.</summary>
    public static int? Expected(HttpRequest request)
    {
        string header = request.Headers.IfMatch.ToString().Trim();
        if (header.Length == 0 || header == "*")
            return null;
        string tag = header.StartsWith("W/", StringComparison.Ordinal) ? header[2..] : header;
        return
            tag is ['"', .., '"']
            && int.TryParse(tag.AsSpan(1, tag.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out int version)
            ? version
            : throw Stale($"If-Match {header} is the entity tag of no version.");
    }

    public static ProblemException Stale(string detail) => new(Problem.Of(StatusCodes.Status412PreconditionFailed, detail));

    /// <summary>Answers with what has this version.</summary>
    public static Ok<T> Tagged<T>(HttpResponse response, T value, int version)
    {
        Set(response, version);
        return TypedResults.Ok(value);
    }

    /// <summary>Adds the tag to the answer.</summary>
    public static void Set(HttpResponse response, int version) => response.Headers.ETag = Of(version);
}
