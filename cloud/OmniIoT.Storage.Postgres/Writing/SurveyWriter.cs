using OmniIoT.Domain.Voice;
using OmniIoT.Sql.Writing;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>What customers are asked and say; what they say stands once more with each of its themes.</summary>
internal sealed class SurveyWriter(CommitWork work) : ISurveyWriter
{
    public void Put(SurveyRequest request)
    {
        byte[] json = Json.Write(request);
        work[Tables.SurveyRequests]
            .Put(
                request.Id,
                request.Token,
                request.CustomerId,
                request.Channel,
                request.AnsweredAt?.UnixMilliseconds,
                request.Text is null ? 0L : 1L,
                json
            );
        if (request.AnsweredAt is not { } at)
            return;
        foreach (string theme in request.Themes)
            work[Tables.SurveyMentions].Put(theme, at.UnixMilliseconds, request.Id, request.Channel, request.CustomerId, json);
    }

    public void Erase(string customerId)
    {
        work[Tables.SurveyRequests].DeleteWhere("customer_id", customerId);
        work[Tables.SurveyMentions].DeleteWhere("customer_id", customerId);
    }
}
