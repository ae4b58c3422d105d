using Microsoft.AspNetCore.Http.Headers;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace OmniIoT.Host;

/// <summary>
/// The console's build puts its files beside themselves as Brotli and gzip, smaller than a server has the time to make them: this finds
/// the one that a browser takes.
/// </summary>
/// <param name="folder">Where the files are.</param>
internal sealed class CompressedFiles(string folder) : IContentTypeProvider
{
    /// <summary>The smallest first.</summary>
    private static readonly (string Encoding, string Extension)[] Forms = [("br", ".br"), ("gzip", ".gz")];

    private readonly FileExtensionContentTypeProvider _types = new();

    /// <summary>The type of what is within; of text also how it is written: the build writes UTF-8.</summary>
    public bool TryGetContentType(string subpath, out string contentType)
    {
        bool isKnown = _types.TryGetContentType(PlainNameOf(subpath), out string? type);
        contentType = type?.StartsWith("text/", StringComparison.Ordinal) == true ? type + "; charset=utf-8" : type ?? "";
        return isKnown;
    }

    /// <summary>Points a request to the compressed form of its file, where there is one that is accepted.</summary>
    public void Choose(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "";
        if (!path.StartsWith("/assets/", StringComparison.Ordinal) || path.Contains("..", StringComparison.Ordinal))
            return;
        RequestHeaders headers = context.Request.GetTypedHeaders();
        foreach ((string encoding, string extension) in Forms)
        {
            if (!Accepts(headers, encoding) || !File.Exists(Path.Combine(folder, path[1..] + extension)))
                continue;
            context.Request.Path = path + extension;
            return;
        }
    }

    /// <summary>Names the encoding of a file that is being sent.</summary>
    public static void Describe(HttpContext context)
    {
        context.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (FormOf(context.Request.Path.Value ?? "") is { Encoding: { } encoding })
            context.Response.Headers.ContentEncoding = encoding;
    }

    private static bool Accepts(RequestHeaders headers, string encoding) =>
        headers.AcceptEncoding.Any(accepted =>
            accepted.Quality is not 0 && accepted.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase)
        );

    private static string PlainNameOf(string path) => FormOf(path) is { Extension: { } extension } ? path[..^extension.Length] : path;

    private static (string? Encoding, string? Extension) FormOf(string path) =>
        Array.Find(Forms, form => path.EndsWith(form.Extension, StringComparison.Ordinal));
}
