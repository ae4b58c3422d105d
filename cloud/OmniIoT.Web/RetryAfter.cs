using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace OmniIoT.Web;

/// <summary>Says when it is worth trying again (RFC 9110, 10.2.3).</summary>
public static class RetryAfter
{
    /// <param name="wait">Told in whole seconds, rounded up.</param>
    public static void Tell(HttpResponse response, TimeSpan wait) =>
        response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
