using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace OmniIoT.TestKit.Security;

/// <summary>
/// A small provider of OpenID Connect: discovery, keys, and the authorization code with PKCE. Whoever comes is the person of <see
/// cref="Claims"/> at once.
/// </summary>
public sealed class TestOidcProvider : IAsyncDisposable
{
    public const string ClientId = "omniiot";
    public const string ClientSecret = "a secret of the tests";

    private readonly HttpListener _listener = new();
    private readonly RSA _key = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, (string Nonce, string Challenge)> _codes = new(StringComparer.Ordinal);
    private readonly Task _serving;

    public TestOidcProvider()
    {
        using (Socket probe = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            Authority = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndPoint!).Port}");
        }
        _listener.Prefixes.Add(Authority.ToString());
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Authority { get; }

    /// <summary>What the provider says of who comes, beside what every token says.</summary>
    public JsonObject Claims { get; set; } = [];

    /// <summary>Signs with another key than it shows.</summary>
    public bool Forges { get; set; }

    private string Issuer => Authority.ToString().TrimEnd('/');

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
        _key.Dispose();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return; // It was stopped.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        switch (context.Request.Url!.AbsolutePath)
        {
            case "/.well-known/openid-configuration":
                await WriteAsync(context.Response, Discovery());
                break;
            case "/keys":
                await WriteAsync(context.Response, Keys());
                break;
            case "/authorize":
                Authorize(context);
                break;
            case "/token":
                await WriteTokenAsync(context);
                break;
            default:
                context.Response.StatusCode = 404;
                context.Response.Close();
                break;
        }
    }

    private JsonObject Discovery() =>
        new()
        {
            ["issuer"] = Issuer,
            ["authorization_endpoint"] = Issuer + "/authorize",
            ["token_endpoint"] = Issuer + "/token",
            ["jwks_uri"] = Issuer + "/keys",
            ["response_types_supported"] = new JsonArray("code"),
            ["subject_types_supported"] = new JsonArray("public"),
            ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
        };

    private JsonObject Keys()
    {
        RSAParameters shown = _key.ExportParameters(includePrivateParameters: false);
        JsonObject key = new()
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = "one",
            ["n"] = Base64Url.EncodeToString(shown.Modulus),
            ["e"] = Base64Url.EncodeToString(shown.Exponent),
        };
        return new JsonObject { ["keys"] = new JsonArray(key) };
    }

    private void Authorize(HttpListenerContext context)
    {
        System.Collections.Specialized.NameValueCollection asked = context.Request.QueryString;
        if (asked["client_id"] != ClientId || asked["code_challenge_method"] != "S256")
        {
            context.Response.StatusCode = 400;
            context.Response.Close();
            return;
        }
        string code = RandomNumberGenerator.GetHexString(32);
        _codes[code] = (asked["nonce"]!, asked["code_challenge"]!);
        context.Response.Redirect($"{asked["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(asked["state"]!)}");
        context.Response.Close();
    }

    private async Task WriteTokenAsync(HttpListenerContext context)
    {
        using StreamReader reader = new(context.Request.InputStream);
        System.Collections.Specialized.NameValueCollection form = System.Web.HttpUtility.ParseQueryString(await reader.ReadToEndAsync());
        string challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"] ?? "")));
        _codes.TryRemove(form["code"] ?? "", out (string Nonce, string Challenge) known);
        if (form["client_secret"] != ClientSecret || known.Challenge != challenge)
        {
            context.Response.StatusCode = 400;
            await WriteAsync(context.Response, new JsonObject { ["error"] = "invalid_grant" });
            return;
        }
        JsonObject answer = new()
        {
            ["access_token"] = "unused",
            ["token_type"] = "Bearer",
            ["expires_in"] = 60,
            ["id_token"] = IdToken(known.Nonce),
        };
        await WriteAsync(context.Response, answer);
    }

    private string IdToken(string nonce)
    {
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        JsonObject claims = (JsonObject)Claims.DeepClone();
        claims["iss"] = Issuer;
        claims["aud"] = ClientId;
        claims["iat"] = now;
        claims["exp"] = now + 60;
        claims["nonce"] = nonce;
        string body = $"{Part("""{"alg":"RS256","kid":"one","typ":"JWT"}""")}.{Part(claims.ToJsonString())}";
        using RSA other = RSA.Create(2048);
        byte[] signature = (Forges ? other : _key).SignData(
            Encoding.ASCII.GetBytes(body),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        return $"{body}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private static async Task WriteAsync(HttpListenerResponse response, JsonObject json)
    {
        response.ContentType = "application/json";
        byte[] bytes = Encoding.UTF8.GetBytes(json.ToJsonString());
        await response.OutputStream.WriteAsync(bytes);
        response.Close();
    }
}
