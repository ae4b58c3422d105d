using OmniIoT.Domain.Provisioning;

namespace OmniIoT.Domain.Tests.Provisioning;

public sealed class CredentialTextTests
{
    private const string Key = "0bfL3u9oT1l1bDkVdCkq3z9s8mJ0p4c2n1x7w5y6a8E";

    // printf %s press-7 | openssl dgst -sha256 -hmac "$KEY" -binary | base64
    private const string Token = "DLtpebx92IUOrnZOngXXrc0h7ulCGc2MCT8gTZCUfQA=";

    [Fact]
    public void A_token_is_what_openssl_makes_of_key_and_id() => Assert.Equal(Token, RegistrationToken.Of(Key, "press-7"));

    [Fact]
    public void Key_and_token_admit_in_either_alphabet_of_base64()
    {
        Assert.True(RegistrationToken.Admits(Key, Key, "press-7"));
        Assert.True(RegistrationToken.Admits(Token, Key, "press-7"));
        Assert.True(RegistrationToken.Admits(Token.Replace('+', '-').Replace('/', '_').TrimEnd('='), Key, "press-7"));
    }

    [Theory]
    [InlineData(Token, "press-8")]
    [InlineData("", "press-7")]
    [InlineData("wrong", "press-7")]
    [InlineData("====", "press-7")]
    [InlineData("ключ", "press-7")]
    public void Nothing_else_admits(string bearer, string deviceId) => Assert.False(RegistrationToken.Admits(bearer, Key, deviceId));

    [Fact]
    public void A_claim_code_is_grouped_and_read_as_people_type()
    {
        string code = ClaimCode.From([0, 1, 2, 3, 4, 5, 6, 255]);

        Assert.Equal("2345-678Z", code);
        Assert.Equal("2345678Z", ClaimCode.Normalize(" 2345 678z "));
        Assert.Equal(ClaimCode.Normalize(code), ClaimCode.Normalize("2345678z"));
    }

    [Theory]
    [InlineData(
        "E3:B0:C4:42:98:FC:1C:14:9A:FB:F4:C8:99:6F:B9:24:27:AE:41:E4:64:9B:93:4C:A4:95:99:1B:78:52:B8:55",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )]
    [InlineData(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )]
    [InlineData("e3b0", null)]
    [InlineData("g3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", null)]
    public void A_thumbprint_is_read_as_tools_write_it(string text, string? expected) => Assert.Equal(expected, Thumbprint.TryParse(text));
}
