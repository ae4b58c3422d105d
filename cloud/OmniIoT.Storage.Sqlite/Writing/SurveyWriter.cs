using OmniIoT.Domain.Voice;
using OmniIoT.Sql.Writing;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Writing;

/// <summary>What customers are asked and say; what they say stands once more with each of its themes.</summary>
internal sealed class SurveyWriter(DatabaseConnection connection) : ISurveyWriter
{
    private readonly Statement _put = connection.Prepare(
        """
        INSERT INTO survey_requests (id, token, customer_id, channel, at, said, json) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (id) DO UPDATE SET at = excluded.at, said = excluded.said, json = excluded.json
        """
    );
    private readonly Statement _mention = connection.Prepare(
        """
        INSERT INTO survey_mentions (theme, at, request_id, channel, customer_id, json) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (theme, at, request_id) DO UPDATE SET json = excluded.json
        """
    );
    private readonly Statement _erase = connection.Prepare("DELETE FROM survey_requests WHERE customer_id = $1");
    private readonly Statement _eraseMentions = connection.Prepare("DELETE FROM survey_mentions WHERE customer_id = $1");

    public void Put(SurveyRequest request)
    {
        byte[] json = Json.Write(request);
        _put.Bind(request.Id)
            .Bind(request.Token)
            .Bind(request.CustomerId)
            .Bind(request.Channel)
            .Bind(request.AnsweredAt?.UnixMilliseconds)
            .Bind(request.Text is null ? 0 : 1)
            .Bind(json)
            .Run();
        if (request.AnsweredAt is not { } at)
            return;
        foreach (string theme in request.Themes)
            _mention.Bind(theme).Bind(at.UnixMilliseconds).Bind(request.Id).Bind(request.Channel).Bind(request.CustomerId).Bind(json).Run();
    }

    public void Erase(string customerId)
    {
        _erase.Bind(customerId).Run();
        _eraseMentions.Bind(customerId).Run();
    }
}
