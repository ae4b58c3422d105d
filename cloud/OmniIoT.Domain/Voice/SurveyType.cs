namespace OmniIoT.Domain.Voice;

/// <summary>What a survey asks for.</summary>
public enum SurveyType
{
    /// <summary>Customer satisfaction: 1 to 5.</summary>
    Csat,

    /// <summary>Net promoter score: 0 to 10.</summary>
    Nps,

    /// <summary>Customer effort score: 1 to 7, 7 being easy.</summary>
    Ces,
}

/// <summary>The scale of each kind of survey.</summary>
public static class SurveyScale
{
    public static int Lowest(this SurveyType type) => type is SurveyType.Nps ? 0 : 1;

    public static int Highest(this SurveyType type) =>
        type switch
        {
            SurveyType.Csat => 5,
            SurveyType.Nps => 10,
            _ => 7,
        };

    public static bool Has(this SurveyType type, int score) => score >= type.Lowest() && score <= type.Highest();

    /// <summary>Whether somebody who says so is dissatisfied: 1 and 2 of 5, detractors, 1 to 3 of 7.</summary>
    public static bool IsBad(this SurveyType type, int score) =>
        score
        <= type switch
        {
            SurveyType.Csat => 2,
            SurveyType.Nps => 6,
            _ => 3,
        };
}
