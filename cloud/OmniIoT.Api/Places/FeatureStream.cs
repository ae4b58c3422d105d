using System.Runtime.CompilerServices;
using System.Text.Json;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Web.Json;

namespace OmniIoT.Api.Places;

/// <summary>
/// The features of a GeoJSON FeatureCollection one by one, while it comes in: no more of it is in memory than the longest of them. Other
/// members of the collection say nothing.
/// </summary>
internal sealed class FeatureStream(Stream body)
{
    /// <summary>Longest feature, or other member, in bytes.</summary>
    private const int MostBytes = Body.MaximumBytes;

    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private bool _isEnded;
    private Place _place = Place.Before;
    private bool _hasType;
    private bool _hasFeatures;
    private JsonReaderState _state;

    private enum Place
    {
        Before,
        Collection,
        Features,
        After,
    }

    private enum Step
    {
        NeedsMore,
        Feature,
        Ended,
    }

    /// <summary>Each feature's JSON, good until the next one is asked for.</summary>
    /// <exception cref="ProblemException">It is no JSON, no FeatureCollection, or one feature is too long.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            Step step = Next(out Range feature);
            if (step == Step.Ended)
                break;
            if (step == Step.Feature)
                yield return _buffer.AsMemory(feature);
            else
                await FillAsync(cancellationToken);
        }

        if (!_hasType)
            throw Refuse("/type", "is required: FeatureCollection");
        if (!_hasFeatures)
            throw Refuse("/features", "is required: an array of features");
    }

    private Step Next(out Range feature)
    {
        Utf8JsonReader reader = new(_buffer.AsSpan(_start, _end - _start), _isEnded, _state);
        feature = default;
        try
        {
            while (true)
            {
                Step? step = _place == Place.Features ? ReadFeature(ref reader, out feature) : ReadAround(ref reader);
                if (step != Step.NeedsMore)
                {
                    _state = reader.CurrentState;
                    _start += (int)reader.BytesConsumed;
                    reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isEnded, _state);
                }

                if (step is { } done)
                    return done;
            }
        }
        catch (JsonException error)
        {
            int line = (int)(error.LineNumber ?? 0) + 1;
            string message = JsonSyntax.Explain(error.Message);
            throw new ProblemException(
                Problem.Unprocessable(new ProblemError("", line, (int)(error.BytePositionInLine ?? 0) + 1, message))
            );
        }
    }

    private Step? ReadFeature(ref Utf8JsonReader reader, out Range feature)
    {
        feature = default;
        if (!reader.Read())
            return Step.NeedsMore;
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            _place = Place.Collection;
            return null;
        }

        int from = _start + (int)reader.TokenStartIndex;
        if (!reader.TrySkip())
            return Step.NeedsMore;
        feature = from..(_start + (int)reader.BytesConsumed);
        return Step.Feature;
    }

    // What stands before, beside and behind the features. Null: a step was made.
    private Step? ReadAround(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
            return _place == Place.After && _isEnded ? Step.Ended : Step.NeedsMore;
        if (_place == Place.Before)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
                throw Refuse("", "must be a GeoJSON FeatureCollection");
            _place = Place.Collection;
            return null;
        }

        if (reader.TokenType == JsonTokenType.EndObject)
        {
            _place = Place.After;
            return null;
        }

        (bool isType, bool isFeatures) = (reader.ValueTextEquals("type"u8), reader.ValueTextEquals("features"u8));
        if (!reader.Read())
            return Step.NeedsMore;
        if (isFeatures)
        {
            if (reader.TokenType != JsonTokenType.StartArray || _hasFeatures)
                throw Refuse("/features", "must be one array of features");
            (_place, _hasFeatures) = (Place.Features, true);
            return null;
        }

        if (isType)
            _hasType =
                reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("FeatureCollection"u8)
                    ? true
                    : throw Refuse("/type", "must be FeatureCollection");
        return reader.TrySkip() ? null : Step.NeedsMore;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        int rest = _end - _start;
        if (rest > MostBytes)
            throw Refuse("/features", $"has one that is longer than {MostBytes} bytes");
        byte[] buffer = 2 * rest > _buffer.Length ? new byte[2 * _buffer.Length] : _buffer;
        _buffer.AsSpan(_start, rest).CopyTo(buffer);
        (_buffer, _start, _end) = (buffer, 0, rest);

        // What could not be read is tried again only with as much as is there once more, so that it is not gone through again and again.
        int wanted = Math.Min(Math.Max(rest, 1), _buffer.Length - _end);
        int read = await body.ReadAtLeastAsync(_buffer.AsMemory(_end), wanted, throwOnEndOfStream: false, cancellationToken);
        bool isFirst = _place == Place.Before && rest == 0;
        _end += read;
        _isEnded = read < wanted;
        if (isFirst)
            _start = _end - JsonSyntax.WithoutByteOrderMark(_buffer.AsMemory(0, _end)).Length;
    }

    private static ProblemException Refuse(string pointer, string message) =>
        new(Problem.Unprocessable(new ProblemError(pointer, message)));
}
