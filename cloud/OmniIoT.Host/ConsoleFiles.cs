using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace OmniIoT.Host;

/// <summary>Serves the console: its files, and its page for every address that is nobody else's.</summary>
internal static class ConsoleFiles
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "wwwroot");

    /// <summary>Below these an unknown address is an error and no page.</summary>
    private static readonly string[] Reserved = ["/api", "/openapi", "/chat", "/assets", "/mqtt", "/$iothub", "/orleans"];

    private const string MissingPage = """
        <!doctype html><html lang="en"><meta charset="utf-8"><title>OmniIoT</title>
        <body style="font-family:system-ui;max-width:40rem;margin:4rem auto;line-height:1.5">
        <h1>OmniIoT is running</h1>
        <p>Its console was not built, because Node.js was not found when the host was. Install Node.js 20 or newer and build the host
        again: <code>dotnet build cloud/OmniIoT.Host</code>.</p>
        <p>The REST API works without it: <a href="/openapi/v1.json">/openapi/v1.json</a> describes it, <a href="/readyz">/readyz</a> says
        how the process is.</p></body></html>
        """;

    public static void UseConsoleFiles(this IApplicationBuilder app)
    {
        if (!Directory.Exists(Folder))
            return;
        CompressedFiles compressed = new(Folder);
        app.Use(
            (context, next) =>
            {
                compressed.Choose(context);
                return next(context);
            }
        );
        app.UseStaticFiles(
            new StaticFileOptions
            {
                FileProvider = new PhysicalFileProvider(Folder),
                ContentTypeProvider = compressed,
                OnPrepareResponse = Prepare,
            }
        );
    }

    /// <summary>Answers whatever is nobody else's with the console's page, which finds its way by itself. Belongs after routing.</summary>
    public static void UseConsolePage(this IApplicationBuilder app) =>
        app.Use((context, next) => IsForConsole(context) ? SendPageAsync(context) : next(context));

    private static bool IsForConsole(HttpContext context) =>
        context.GetEndpoint() is null
        && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && !Reserved.Any(path => context.Request.Path.StartsWithSegments(path));

    private static Task SendPageAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        string page = Path.Combine(Folder, "index.html");
        return File.Exists(page) ? context.Response.SendFileAsync(page) : context.Response.WriteAsync(MissingPage);
    }

    /// <summary>The build names its assets by their content; everything else may change under its name.</summary>
    private static void Prepare(StaticFileResponseContext context)
    {
        bool isAsset = context.Context.Request.Path.StartsWithSegments("/assets");
        context.Context.Response.Headers.CacheControl = isAsset ? "public, max-age=31536000, immutable" : "no-cache";
        CompressedFiles.Describe(context.Context);
    }
}
