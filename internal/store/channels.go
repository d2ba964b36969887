package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"quietline/internal/domain"
)

// AddChannel stores a new channel and fills in the ID. Where it is the
// default, no other stays so. Fails with Conflict "channel.name_taken".
func (s *Store) AddChannel(ctx context.Context, c *domain.Channel) error {
	const op = "store.AddChannel"
	created := c.CreatedAt
	if created.IsZero() {
		created = s.clock.Now()
	}
	capabilities, err := optionalJSON(c.Capabilities)
	if err != nil {
		return explain(ctx, op, s.path, err)
	}
	var id domain.ChannelID
	err = s.update(ctx, op, func(tx *sql.Tx) error {
		if c.Default {
			if err := clearDefault(ctx, tx); err != nil {
				return err
			}
		}
		err := tx.QueryRowContext(ctx, `
			INSERT INTO channel (name, kind, url, jurisdiction, service_code, rate, ca_file, is_default,
				paused, hold_until, capabilities, created_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ifnull(?, 0), ?, ?) RETURNING id`,
			c.Name, c.Kind, c.URL, c.Jurisdiction, c.ServiceCode, c.Rate, c.CAFile, c.Default,
			c.Paused, millis(c.HoldUntil), capabilities, created.UnixMilli()).Scan(&id)
		return channelTaken(op, c.Name, err)
	})
	if err != nil {
		return err
	}
	c.ID, c.CreatedAt = id, at(created.UnixMilli())
	return nil
}

const channelColumns = `
	SELECT id, name, kind, url, jurisdiction, service_code, rate, ca_file, is_default, paused,
		nullif(hold_until, 0), capabilities, created_at
	FROM channel WHERE removed_at IS NULL `

func scanChannel(row scanner) (domain.Channel, error) {
	var c domain.Channel
	var hold sql.NullInt64
	var capabilities sql.NullString
	var created int64
	err := row.Scan(&c.ID, &c.Name, &c.Kind, &c.URL, &c.Jurisdiction, &c.ServiceCode, &c.Rate, &c.CAFile,
		&c.Default, &c.Paused, &hold, &capabilities, &created)
	if err != nil {
		return c, err
	}
	c.HoldUntil, c.CreatedAt = moment(hold), at(created)
	if capabilities.Valid {
		c.Capabilities = new(domain.Capabilities)
		err = fromJSON(capabilities.String, c.Capabilities)
	}
	return c, err
}

// Channels lists every channel by name, the default first.
func (s *Store) Channels(ctx context.Context) ([]domain.Channel, error) {
	return s.channels(ctx, "store.Channels", "ORDER BY is_default DESC, name, id")
}

// ChannelByName fails with NotFound "channel.not_found".
func (s *Store) ChannelByName(ctx context.Context, name string) (domain.Channel, error) {
	return s.channel(ctx, "store.ChannelByName", name, "AND name = ?", name)
}

// ChannelByID fails with NotFound "channel.not_found".
func (s *Store) ChannelByID(ctx context.Context, id domain.ChannelID) (domain.Channel, error) {
	return s.channel(ctx, "store.ChannelByID", "", "AND id = ?", id)
}

func (s *Store) channel(ctx context.Context, op, name, tail string, arg any) (domain.Channel, error) {
	list, err := s.channels(ctx, op, tail, arg)
	if err == nil && len(list) == 0 {
		err = noChannel(op, name)
	}
	if err != nil {
		return domain.Channel{}, err
	}
	return list[0], nil
}

func (s *Store) channels(ctx context.Context, op, tail string, args ...any) ([]domain.Channel, error) {
	var list []domain.Channel
	err := s.view(ctx, op, func(tx *sql.Tx) error {
		var err error
		list, err = collect(ctx, tx, scanChannel, channelColumns+tail, args...)
		return err
	})
	return list, err
}

// RemoveChannel fails with Conflict "channel.in_use" while the outbox holds
// complaints for it that are not finished or wait for a person, and with NotFound
// "channel.not_found". Finished complaints keep its name; drafts lose it.
func (s *Store) RemoveChannel(ctx context.Context, id domain.ChannelID) error {
	const op = "store.RemoveChannel"
	return s.update(ctx, op, func(tx *sql.Tx) error {
		inUse, err := scanValue[bool](tx.QueryRowContext(ctx, `
			SELECT EXISTS (SELECT 1 FROM complaint c JOIN outbox o ON o.complaint = c.seq
				WHERE c.channel_id = ?1 AND (o.due_at IS NOT NULL OR c.send_state IN (?2, ?3)))
			OR EXISTS (SELECT 1 FROM evidence e CROSS JOIN complaint c ON c.seq = e.complaint
				WHERE e.due_at IS NOT NULL AND c.channel_id = ?1)
			OR EXISTS (SELECT 1 FROM withdrawal w JOIN complaint c ON c.seq = w.complaint
				WHERE c.channel_id = ?1 AND w.due_at IS NOT NULL)`, id, domain.SendQueued, domain.SendUnknown))
		if err != nil {
			return err
		}
		if inUse {
			return domain.E(op, domain.Conflict, "channel.in_use", nil, nil)
		}
		_, err = tx.ExecContext(ctx, "UPDATE complaint SET channel_id = NULL WHERE channel_id = ? AND send_state = ?",
			id, domain.SendDraft)
		if err != nil {
			return err
		}
		found, err := affected(tx.ExecContext(ctx, `
			UPDATE channel SET removed_at = ?, is_default = 0,
				capabilities = CASE WHEN capabilities ->> '$.practice' THEN '{"practice":true}' END -- for its complaints
			WHERE id = ? AND removed_at IS NULL`, s.clock.Now().UnixMilli(), id))
		if err := channelFound(op, "", found, err); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `
			DELETE FROM channel WHERE id = ? AND NOT EXISTS (SELECT 1 FROM complaint WHERE channel_id = channel.id)
				AND NOT EXISTS (SELECT 1 FROM batch WHERE channel_id = channel.id)`, id)
		return err
	})
}

// SetDefaultChannel makes it the only default. Fails with NotFound
// "channel.not_found".
func (s *Store) SetDefaultChannel(ctx context.Context, id domain.ChannelID) error {
	const op = "store.SetDefaultChannel"
	return s.update(ctx, op, func(tx *sql.Tx) error {
		if err := clearDefault(ctx, tx); err != nil {
			return err
		}
		found, err := affected(tx.ExecContext(ctx, "UPDATE channel SET is_default = 1 WHERE id = ? AND removed_at IS NULL", id))
		return channelFound(op, "", found, err)
	})
}

func clearDefault(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, "UPDATE channel SET is_default = 0 WHERE is_default = 1")
	return err
}

// PauseChannel sets the pause or, with an empty reason, clears it and the
// hold; see filing.ChannelStore. Fails with NotFound "channel.not_found".
func (s *Store) PauseChannel(ctx context.Context, id domain.ChannelID, reason string) error {
	change := "paused = ?"
	switch reason {
	case "":
		change += ", hold_until = 0"
	case domain.PausedByUser:
	default:
		change = "paused = CASE paused WHEN '" + domain.PausedByUser + "' THEN paused ELSE ? END"
	}
	return s.changeChannel(ctx, "store.PauseChannel", change, reason, id)
}

// HoldChannel keeps every complaint of the channel back until then; an earlier
// time than the present one changes nothing. Fails with NotFound
// "channel.not_found".
func (s *Store) HoldChannel(ctx context.Context, id domain.ChannelID, until time.Time) error {
	return s.changeChannel(ctx, "store.HoldChannel", "hold_until = max(hold_until, ?)", until.UnixMilli(), id)
}

// SetCapabilities stores what the endpoint said of itself. Fails with NotFound
// "channel.not_found".
func (s *Store) SetCapabilities(ctx context.Context, id domain.ChannelID, c domain.Capabilities) error {
	const op = "store.SetCapabilities"
	text, err := optionalJSON(&c)
	if err != nil {
		return explain(ctx, op, s.path, err)
	}
	return s.changeChannel(ctx, op, "capabilities = ?", text, id)
}

func (s *Store) changeChannel(ctx context.Context, op, change string, value any, id domain.ChannelID) error {
	return s.update(ctx, op, func(tx *sql.Tx) error {
		found, err := affected(tx.ExecContext(ctx,
			"UPDATE channel SET "+change+" WHERE id = ? AND removed_at IS NULL", value, id))
		return channelFound(op, "", found, err)
	})
}

// channelFound is the error of a statement, or that there was no channel to
// change.
func channelFound(op, name string, found bool, err error) error {
	if err == nil && !found {
		return noChannel(op, name)
	}
	return err
}

func noChannel(op, name string) error {
	return domain.E(op, domain.NotFound, "channel.not_found", domain.Args{"Name": name}, nil)
}

func channelTaken(op, name string, err error) error {
	if isUnique(err) {
		return domain.E(op, domain.Conflict, "channel.name_taken", domain.Args{"Name": name}, err)
	}
	return err
}

// optionalJSON is a value as it is stored: NULL for nil.
func optionalJSON[T any](v *T) (any, error) {
	if v == nil {
		return nil, nil
	}
	b, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return string(b), nil
}

// fromJSON reads what optionalJSON wrote; anything else is damage. What the
// decoder says may hold a piece of the contents, so only its kind is kept.
func fromJSON(text string, v any) error {
	if err := json.Unmarshal([]byte(text), v); err != nil {
		return fmt.Errorf("%w: %T", errStoredJSON, err)
	}
	return nil
}
