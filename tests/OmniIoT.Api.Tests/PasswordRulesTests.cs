using OmniIoT.Api.Access;

namespace OmniIoT.Api.Tests;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("short-words")]
    [InlineData("password1234")]
    [InlineData("P@ssw0rd!2024")]
    [InlineData("PasswordPassword")]
    [InlineData("123456789012")]
    [InlineData("987654321098")]
    [InlineData("qwertyuiopas")]
    [InlineData("abcdefghijkl")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    [InlineData("121212121212")]
    [InlineData("leyla-2026-11")]
    [InlineData("Welcome!!2026")]
    public void What_is_guessed_first_is_refused(string password) =>
        Assert.NotNull(PasswordRules.FindMistake("/password", password, "leyla"));

    [Theory]
    [InlineData("correct horse")]
    [InlineData("kettle under snow")]
    [InlineData("x7Kp2mQz9RtL")]
    [InlineData("գարունը գալիս է")]
    public void Other_words_are_taken(string password) => Assert.Null(PasswordRules.FindMistake("/password", password, "leyla"));
}
