using System.Text;
using OmniIoT.Dialects.AzureIotHub;

namespace OmniIoT.Dialects.Tests.AzureIotHub;

/// <summary>The signatures were made with Python's hmac and, one of them, with openssl; none with the code under test.</summary>
public sealed class SharedAccessSignatureTests
{
    /// <summary>32 bytes as a device's secret is told: base64url, without padding.</summary>
    private const string Secret = "-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-_-__j8";

    private const string Escaped = "sr=localhost%3A8883%2Fdevices%2Fpress-7";
    private const string Plain = "sr=localhost:8883/devices/press-7";

    /// <summary>By the bytes that the secret encodes, over the escaped and the plain resource.</summary>
    private const string EscapedByBytes = "sig=WSwGxNiTJWBAMyeJKg5Mi7XlIUjOLVnH2xI%2BczZOnsY%3D";
    private const string PlainByBytes = "sig=vuc5BndMbqvAjXsMI7DtG4BLkt%2FPc9%2FeJDEKkukcMf4%3D";

    /// <summary>By the bytes of the secret's text.</summary>
    private const string EscapedByText = "sig=Uo5zUAo79uqz%2BoX6CsOypzLA3UsmOpwGuPRNCdhcS2E%3D";
    private const string PlainByText = "sig=vER%2FOejIiVHy5IvPbrNVdUoHXQu26wHuLyJPizXnIvg%3D";

    [Theory]
    [InlineData($"{Escaped}&{EscapedByBytes}&se=1900000000")]
    [InlineData($"se=1900000000&{EscapedByBytes}&{Escaped}")]
    [InlineData($"{Plain}&{PlainByBytes}&se=1900000000")]
    [InlineData($"{Escaped}&{EscapedByText}&se=1900000000")]
    [InlineData($"{Plain}&{PlainByText}&se=1900000000")]
    public void A_token_that_the_secret_signed_is_recognised(string fields)
    {
        SharedAccessSignature token = Parse(fields);

        Assert.Contains(SharedAccessKey.Candidates(Secret), key => token.IsSignedWith(key));
        Assert.True(token.IsFor("press-7"));
        Assert.Equal("2030-03-17T17:46:40.000Z", token.ExpiresAt.ToString());
        Assert.Null(token.KeyName);
    }

    [Theory]
    [InlineData($"sr=localhost%3A8883%2Fdevices%2Fpress-8&{EscapedByBytes}&se=1900000000")]
    [InlineData($"{Escaped}&{EscapedByBytes}&se=1900000001")]
    [InlineData($"sr=localhost%3a8883%2fdevices%2fpress-7&{EscapedByBytes}&se=1900000000")]
    public void A_token_of_which_anything_was_changed_is_not(string fields)
    {
        SharedAccessSignature token = Parse(fields);

        Assert.DoesNotContain(SharedAccessKey.Candidates(Secret), key => token.IsSignedWith(key));
    }

    [Fact]
    public void A_token_signed_with_another_key_is_not()
    {
        SharedAccessSignature token = Parse($"{Escaped}&{EscapedByBytes}&se=1900000000");

        Assert.DoesNotContain(SharedAccessKey.Candidates("wMHCw8TFxsfIycrLzM3Oz9DR0tPU1dbX2Nna29zd3t8"), key => token.IsSignedWith(key));
    }

    [Theory]
    [InlineData("hub.example.net/devices/press-7", true)]
    [InlineData("hub.example.net/devices/press-70", false)]
    [InlineData("hub.example.net/devices/press-7/modules/m1", false)]
    [InlineData("hub.example.net", false)]
    [InlineData("/devices/press-7", false)]
    public void A_token_is_for_one_device_at_any_host(string resource, bool isForIt) =>
        Assert.Equal(isForIt, Parse($"sr={Uri.EscapeDataString(resource)}&{EscapedByBytes}&se=1900000000").IsFor("press-7"));

    [Fact]
    public void A_token_of_a_policy_names_it() =>
        Assert.Equal("iothubowner", Parse($"sr=a&{EscapedByBytes}&se=1900000000&skn=iothubowner").KeyName);

    [Theory]
    [InlineData("")]
    [InlineData("s3cret")]
    [InlineData("SharedAccessSignature")]
    [InlineData("SharedAccessSignature sr=a&se=1900000000")]
    [InlineData("SharedAccessSignature sr=a&sig=bm90IDMyIGJ5dGVz&se=1900000000")]
    [InlineData("SharedAccessSignature sr=a&sig=%%%&se=1900000000")]
    [InlineData($"SharedAccessSignature sr=a&{EscapedByBytes}&se=tomorrow")]
    [InlineData($"SharedAccessSignature sr=a&{EscapedByBytes}&se=99999999999999999999")]
    [InlineData($"SharedAccessSignature sr=a&{EscapedByBytes}&se=-1")]
    public void What_is_no_token_is_not_taken_for_one(string password) =>
        Assert.False(SharedAccessSignature.TryParse(Encoding.UTF8.GetBytes(password), out _));

    private static SharedAccessSignature Parse(string fields)
    {
        Assert.True(
            SharedAccessSignature.TryParse(Encoding.UTF8.GetBytes("SharedAccessSignature " + fields), out SharedAccessSignature? token)
        );
        return token;
    }
}
