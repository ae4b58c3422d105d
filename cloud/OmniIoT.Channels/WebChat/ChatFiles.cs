using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace OmniIoT.Channels.WebChat;

/// <summary>The chat's page and the script that puts it on any other page.</summary>
internal static class ChatFiles
{
    /// <summary>Own scripts and styles only; framed by whoever embeds the chat.</summary>
    private const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors *";

    public static void MapFiles(this RouteGroupBuilder chat)
    {
        Map(chat, "", "chat.html", "text/html; charset=utf-8");
        Map(chat, "/chat.js", "chat.js", "text/javascript; charset=utf-8");
        Map(chat, "/texts.js", "texts.js", "text/javascript; charset=utf-8");
        Map(chat, "/chat.css", "chat.css", "text/css; charset=utf-8");
        Map(chat, "/worker.js", "worker.js", "text/javascript; charset=utf-8");
        Map(chat, "/widget.js", "widget.js", "text/javascript; charset=utf-8");
    }

    private static void Map(RouteGroupBuilder chat, string path, string name, string mediaType)
    {
        byte[] content = Read(name);
        chat.MapGet(
            path,
            (HttpResponse response) =>
            {
                response.Headers.ContentSecurityPolicy = PagePolicy;
                response.Headers.CacheControl = "no-cache";
                // The script is loaded, and the page framed, by other origins: that is what they are for.
                response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
                response.Headers.Remove("Cross-Origin-Opener-Policy");
                return TypedResults.Bytes(content, mediaType);
            }
        );
    }

    private static byte[] Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using MemoryStream buffer = new();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }
}
