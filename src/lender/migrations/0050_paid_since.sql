-- The number of the phone's next order when a payment was booked: which locks were there before it. Older payments count as
-- booked before every lock.
ALTER TABLE payments ADD COLUMN before_seq BIGINT NOT NULL DEFAULT 0;
