using Microsoft.Extensions.Primitives;

namespace OmniIoT.Host;

/// <summary>Whose pages may speak MQTT over WebSockets, by the origin that their browser says.</summary>
internal static class MqttOrigins
{
    /// <param name="named">Empty: anybody's.</param>
    public static void UseMqttOrigins(this IApplicationBuilder app, IReadOnlyList<PageOrigin> named)
    {
        if (named.Count > 0)
            app.Use((context, next) => MayPass(context, named) ? next(context) : Refuse(context.Response));
    }

    private static bool MayPass(HttpContext context, IReadOnlyList<PageOrigin> named)
    {
        StringValues said = context.Request.Headers.Origin;
        if (!context.WebSockets.IsWebSocketRequest || StringValues.IsNullOrEmpty(said))
            return true;
        return PageOrigin.TryParse(said.ToString()) is { } page && (named.Contains(page) || IsOfHost(page, context.Request.Host));
    }

    /// <summary>
    /// Pages of the host itself, and programs that name whom they connect to, as Paho's do: always <c>https</c>, and with the port that a
    /// balancer may have in place of the host's.
    /// </summary>
    private static bool IsOfHost(PageOrigin page, HostString called) => PageOrigin.TryParse($"http://{called}")?.Host == page.Host;

    private static Task Refuse(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
