using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Cookie = Microsoft.Playwright.Cookie;
using SameSiteAttribute = Microsoft.Playwright.SameSiteAttribute;

namespace OmniIoT.Browser.Desk;

/// <summary>What a browser has of a signed-in agent: the cookie, and what the console keeps.</summary>
/// <param name="Kept">As JSON.</param>
public sealed record SignedInAgent(Cookie Cookie, string Kept)
{
    public static async Task<SignedInAgent> SignInAsync(Uri address, string user, string password)
    {
        CookieContainer cookies = new();
        using HttpClientHandler handler = new() { CookieContainer = cookies };
        using HttpClient browser = new(handler) { BaseAddress = address };
        JsonObject body = new()
        {
            ["user"] = user,
            ["password"] = password,
            ["cookie"] = true,
        };
        using StringContent content = new(body.ToJsonString(), Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await browser.PostAsync(new Uri("api/v1/session", UriKind.Relative), content);
        JsonNode session = JsonNode.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!;
        System.Net.Cookie cookie = cookies.GetCookies(address).Single();
        JsonObject kept = new()
        {
            ["user"] = user,
            ["name"] = session["name"]!.DeepClone(),
            ["role"] = session["role"]!.DeepClone(),
            ["rights"] = session["rights"]!.DeepClone(),
            ["proof"] = session["csrf"]!.DeepClone(),
        };
        return new SignedInAgent(
            new Cookie
            {
                Name = cookie.Name,
                Value = cookie.Value,
                Url = address.ToString(),
                HttpOnly = true,
                SameSite = SameSiteAttribute.Strict,
            },
            kept.ToJsonString()
        );
    }
}
