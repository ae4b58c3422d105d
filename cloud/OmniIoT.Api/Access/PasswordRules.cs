using System.Text;
using OmniIoT.Api.Problems;
using OmniIoT.Domain.Text;

namespace OmniIoT.Api.Access;

/// <summary>
/// Which passwords are taken: length is what counts, and those are refused that guessers try first (NIST SP 800-63B-4, 3.1.1.2). Kinds of
/// characters are not asked for: they make passwords hard to remember and easy to guess.
/// </summary>
internal static class PasswordRules
{
    public const int MinimumLength = 12;

    private const int MinimumDifferent = 5;

    /// <summary>What the commonest passwords are made of, with digits and signs added, letters exchanged, or said again.</summary>
    private static readonly string[] Common =
    [
        "password",
        "passwort",
        "passord",
        "motdepasse",
        "contrasena",
        "parol",
        "qwerty",
        "qwertz",
        "azerty",
        "qwertyuiop",
        "asdfghjkl",
        "zxcvbnm",
        "welcome",
        "letmein",
        "iloveyou",
        "admin",
        "administrator",
        "root",
        "user",
        "guest",
        "login",
        "master",
        "secret",
        "changeme",
        "default",
        "monkey",
        "dragon",
        "sunshine",
        "princess",
        "football",
        "baseball",
        "superman",
        "batman",
        "trustno",
        "shadow",
        "michael",
        "jennifer",
        "jordan",
        "hunter",
        "whatever",
        "freedom",
        "computer",
        "internet",
        "service",
        "support",
        "test",
        "temp",
        "abc",
        "company",
        "summer",
        "winter",
        "spring",
        "autumn",
        "january",
        "monday",
        "omniiot",
        "iot",
    ];

    private static readonly string[] Rows =
    [
        "abcdefghijklmnopqrstuvwxyz",
        "01234567890123456789",
        "qwertyuiopasdfghjklzxcvbnm",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
    ];

    /// <summary>What is wrong with a password; null when it will do.</summary>
    /// <param name="pointer">Where it stands.</param>
    /// <param name="user">Whose it is to be.</param>
    public static ProblemError? FindMistake(string pointer, string password, string user)
    {
        if (password.Length < MinimumLength)
            return new ProblemError(pointer, Sentence.Of(MistakeKinds.TooShort, ("min", MinimumLength)));
        return IsCommon(password.ToLowerInvariant(), user.ToLowerInvariant())
            ? new ProblemError(pointer, "is among those that are guessed first; a few words that do not belong together are better")
            : null;
    }

    private static bool IsCommon(string password, string user)
    {
        if (password.Distinct().Count() < MinimumDifferent || Rows.Any(row => IsAlong(row, password)))
            return true;
        string letters = Letters(password);
        return letters.Length == 0 || Common.Append(Letters(user)).Any(word => IsMadeOf(letters, word));
    }

    private static bool IsAlong(string row, string password)
    {
        string backwards = new([.. row.Reverse()]);
        return (row + row).Contains(password, StringComparison.Ordinal)
            || (backwards + backwards).Contains(password, StringComparison.Ordinal);
    }

    private static bool IsMadeOf(string letters, string word) =>
        word.Length > 0 && letters.Replace(word, "", StringComparison.Ordinal).Length == 0;

    /// <summary>The letters, also those that a digit or sign stands for; without the digits and signs before and behind.</summary>
    private static string Letters(string text)
    {
        int first = 0;
        int end = text.Length;
        while (first < end && !char.IsLetter(text[first]))
            first++;
        while (end > first && !char.IsLetter(text[end - 1]))
            end--;
        StringBuilder letters = new(end - first);
        foreach (char one in text.AsSpan(first, end - first))
        {
            char letter = one switch
            {
                '0' => 'o',
                '3' => 'e',
                '4' or '@' => 'a',
                '5' or '$' => 's',
                '7' => 't',
                _ => one,
            };
            if (char.IsLetter(letter))
                letters.Append(letter);
        }
        return letters.ToString();
    }
}
